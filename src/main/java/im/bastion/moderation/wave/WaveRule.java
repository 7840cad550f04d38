// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.wave;

import im.bastion.host.Role;
import im.bastion.host.RoomTraits;
import im.bastion.host.Rooms;
import im.bastion.moderation.event.Link;
import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.event.RoomText;
import im.bastion.moderation.event.RoomText.Part;
import im.bastion.moderation.event.Sender;
import im.bastion.moderation.rule.BrokenDefinition;
import im.bastion.moderation.rule.Definition;
import im.bastion.moderation.rule.Evidence;
import im.bastion.moderation.rule.ModerationRule;
import im.bastion.moderation.rule.Remedy;
import im.bastion.moderation.rule.RuleOutcome;
import im.bastion.moderation.rule.RuleType;
import im.bastion.moderation.text.KeyedHash;
import im.bastion.moderation.text.Shingles;
import im.bastion.policy.Severity;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Many do the same at once: the same or nearly the same message from many accounts or in many rooms, or a crowd of
 * newcomers. The messages are refused, those let through before are named so that they are taken back, and the rooms are
 * shielded: members and those known for a while speak, newcomers wait, until it has been quiet. In a moderated room they
 * may ask for voice meanwhile, and who has it speaks. Fields: "accounts" (4) of newcomers who say the same, or "inRooms" (5),
 * in how many rooms newcomers or one account do, within "seconds" (120); "joins" (20) of newcomers to one room within "joinSeconds"
 * (30) and five times as many as usual; "newcomerSeconds" (3,600), how long one is a newcomer; "quietSeconds" (300), how
 * long a shield stays after the last hit; "closeDoor" (false), whether newcomers cannot even join meanwhile.
 *
 * <p>Texts of fewer than 16 letters are never the same. Of encrypted messages nothing is compared.
 */
public final class WaveRule implements ModerationRule {
    private static final int MAX_LINKS = 3;
    private static final Set<Part> COMPARED = Set.of(Part.BODY, Part.SUBJECT, Part.XHTML, Part.REASON);

    private final Rooms rooms;
    private final Shields shields;
    private final Sightings sightings;
    private final JoinCounter joins;
    private final int joinLimit;
    private final long newcomerMillis;
    private final Duration quiet;
    private final boolean closeDoor;
    private final KeyedHash hash = new KeyedHash();
    private final long salt = ThreadLocalRandom.current().nextLong();

    private WaveRule(Rooms rooms, Shields shields, Definition definition) throws BrokenDefinition {
        this.rooms = rooms;
        this.shields = shields;
        Duration window = definition.seconds("seconds", Duration.ofMinutes(2), 10, 3_600);
        sightings = new Sightings(
                window.toNanos(), definition.integer("accounts", 4, 2, 100), definition.integer("inRooms", 5, 2, 200));
        joinLimit = definition.integer("joins", 20, 2, 10_000);
        joins = new JoinCounter(definition
                .seconds("joinSeconds", Duration.ofSeconds(30), 5, 3_600)
                .toNanos());
        newcomerMillis = definition
                .seconds("newcomerSeconds", Duration.ofHours(1), 1, 30 * 86_400)
                .toMillis();
        quiet = definition.seconds("quietSeconds", Duration.ofMinutes(5), 10, 3_600);
        closeDoor = definition.flag("closeDoor", false);
    }

    /** The type of rule, which raises these shields over these rooms. */
    public static RuleType type(Rooms rooms, Shields shields) {
        return RuleType.counting(
                "wave",
                Severity.WARNING,
                "many are sending the same just now",
                definition -> new WaveRule(rooms, shields, definition));
    }

    @Override
    public RuleOutcome judge(RoomEvent event, Sender sender) {
        return switch (event.kind()) {
            case LEAVE, STATUS, SIGNAL, QUERY -> RuleOutcome.NOT_APPLICABLE;
            case JOIN -> join(event, sender);
            default -> said(event, sender);
        };
    }

    private RuleOutcome join(RoomEvent event, Sender sender) {
        if (!isNewcomer(sender)) {
            return RuleOutcome.PASS;
        }
        if (joins.isWave(event.room().toString(), person(sender), event.nanos(), joinLimit)) {
            shields.raise(event.room(), event, quiet, "More than " + joinLimit + " newcomers joined at once");
        }
        return closeDoor ? shielded(event, sender) : RuleOutcome.PASS;
    }

    private RuleOutcome said(RoomEvent event, Sender sender) {
        boolean newcomer = isNewcomer(sender);
        long[] samples = new long[Shingles.SAMPLES + MAX_LINKS];
        int count = event.shape().isEncrypted() ? 0 : samples(event, samples);
        if (count > 0) {
            Sightings.Verdict verdict = sightings.seen(event, person(sender), newcomer, samples, count);
            if (verdict.wave()) {
                verdict.rooms()
                        .forEach(room -> shields.raise(
                                room, event, quiet, "The same message from many accounts or in many rooms"));
                shields.turnedAway(event.room());
                List<Long> earlier = verdict.earlier();
                return new RuleOutcome.Finding(
                        Evidence.fact("wave=" + verdict.rooms().size() + " rooms"),
                        Remedy.REFUSE,
                        null,
                        earlier.subList(0, Math.min(earlier.size(), RuleOutcome.Finding.MAX_EARLIER)));
            }
        }
        return newcomer ? shielded(event, sender) : RuleOutcome.PASS;
    }

    private RuleOutcome shielded(RoomEvent event, Sender sender) {
        Duration left = shields.left(event.room(), event.nanos());
        if (left.isZero() || hasVoice(event, sender)) {
            return RuleOutcome.PASS;
        }
        shields.turnedAway(event.room());
        long minutes = Math.max(1, (left.toSeconds() + 59) / 60);
        return new RuleOutcome.Finding(
                Evidence.fact("shield"),
                new Remedy.Wait(left, false),
                "unwanted messages are flooding this room; newcomers can take part again in about " + minutes
                        + " min, members now");
    }

    private long person(Sender sender) {
        return hash.of(sender.bareJid().toString());
    }

    /** Voice is given by a moderator where it is not everybody's; there it may be asked for, too. */
    private boolean hasVoice(RoomEvent event, Sender sender) {
        if (sender.role() == Role.MODERATOR) {
            return true;
        }
        RoomTraits traits = rooms.traits(event.room());
        return traits != null
                && traits.moderated()
                && (sender.role() == Role.PARTICIPANT || event.kind() == RoomEvent.Kind.VOICE_REQUEST);
    }

    private boolean isNewcomer(Sender sender) {
        return sender.knownForMillis() < newcomerMillis;
    }

    private int samples(RoomEvent event, long[] samples) {
        int count = 0;
        for (RoomText text : event.texts()) {
            if (COMPARED.contains(text.part())) {
                count = Shingles.of(text.original(), salt, samples);
                if (count > 0) {
                    break;
                }
            }
        }
        for (Link link : event.shape().links()) {
            if (count < samples.length) {
                samples[count++] = hash.of("link", link.host() + path(link.text()));
            }
        }
        return count;
    }

    /** Without the query, which is easily varied. */
    private static String path(String link) {
        int query = link.indexOf('?');
        String path = query < 0 ? link : link.substring(0, query);
        int scheme = path.indexOf("://");
        int slash = path.indexOf('/', scheme < 0 ? 0 : scheme + 3);
        return slash < 0 ? "" : path.substring(slash);
    }
}
