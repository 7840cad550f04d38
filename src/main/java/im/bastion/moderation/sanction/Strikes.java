// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.sanction;

import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.rule.ActiveRule;
import im.bastion.moderation.rule.Hit;
import im.bastion.moderation.rule.Scopes;
import im.bastion.policy.Mode;
import im.bastion.store.PolicyBody;
import im.bastion.store.RecordPages;
import im.bastion.store.Records;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.JID;

/**
 * Counts strikes, which decay, and says what step of the room's ladder is reached. Remembers {@link #MAX_PEOPLE}, those
 * struck last; survives a restart. For ladders that only observe it counts apart, and what would have been strikes as well;
 * that does not survive. Each call holds the lock for moments.
 */
public final class Strikes {
    /** How many people with strikes are remembered. */
    public static final int MAX_PEOPLE = 50_000;

    private static final Logger LOG = LoggerFactory.getLogger(Strikes.class);
    private static final String KIND = "strike";
    private static final Duration KEEP = Duration.ofDays(30);

    /**
     * What follows from a strike.
     *
     * @param ladder by which rule
     */
    public record Climbed(ActiveRule ladder, Sanctions.Wish wish) {}

    private record Count(double strikes, long atMillis) {
        double at(long now, Duration halfLife) {
            double halves = Math.max(0, now - atMillis) / (double) halfLife.toMillis();
            return strikes * Math.pow(0.5, halves);
        }
    }

    private final Map<String, Count> counts = bounded();
    private final Map<String, Count> observed = bounded();
    private final Consumer<Records.Row> writer;
    private final InstantSource clock;
    private volatile List<ActiveRule> ladders = List.of();

    /** @param writer where what is to be kept is handed to; does not block */
    public Strikes(Consumer<Records.Row> writer, InstantSource clock) {
        this.writer = writer;
        this.clock = clock;
    }

    /** From now on these rules, as far as they are ladders, say what follows; of several the one that means a room closest. */
    public void use(List<ActiveRule> rules) {
        ladders = rules.stream()
                .filter(active -> active.rule() instanceof LadderRule)
                .toList();
    }

    /** Reads what was counted before; waits for the database. */
    public void load(Records records) {
        try {
            List<Records.Row> rows = new ArrayList<>();
            int read = RecordPages.read(records, KIND, MAX_PEOPLE, rows::add);
            LOG.debug("{} people have strikes", read);
            synchronized (this) {
                // Who was struck last is put in last.
                for (int i = rows.size() - 1; i >= 0; i--) {
                    Records.Row row = rows.get(i);
                    double strikes = PolicyBody.parse(row.body()).get("strikes").getAsDouble();
                    counts.putIfAbsent(row.id(), new Count(strikes, row.at()));
                }
            }
        } catch (SQLException e) {
            LOG.warn("Strikes could not be read; they begin anew: {}", e.getMessage());
        }
    }

    /** Counts a strike; answers what follows from it by the ladders that act, or null. */
    public Climbed strike(RoomEvent event, Hit hit, String reference) {
        return climbed(closest(Mode.ENFORCE, event.room()), event, hit, reference);
    }

    /** Counts what is or would be a strike; answers what would follow by the ladders that observe, or null. */
    public Climbed observe(RoomEvent event, Hit hit, String reference) {
        return climbed(closest(Mode.OBSERVE, event.room()), event, hit, reference);
    }

    private ActiveRule closest(Mode mode, JID room) {
        ActiveRule closest = null;
        int best = -1;
        for (ActiveRule active : ladders) {
            int closeness = active.mode() == mode ? active.scope().rooms().closeness(room) : -1;
            if (closeness > best) {
                best = closeness;
                closest = active;
            }
        }
        return closest;
    }

    private Climbed climbed(ActiveRule active, RoomEvent event, Hit hit, String reference) {
        if (active == null) {
            return null;
        }
        LadderRule.Step step = counted(event, (LadderRule) active.rule(), active.mode());
        return step == null
                ? null
                : new Climbed(
                        active,
                        new Sanctions.Wish(
                                step.kind(),
                                event.room(),
                                event.sender().asBareJID(),
                                step.length(),
                                hit.active().id(),
                                reference,
                                hit.claim(),
                                "bastion"));
    }

    /** Takes the strikes of a person in a room away. */
    public synchronized void forgive(JID room, JID person) {
        observed.remove(Scopes.of(room, person));
        if (counts.remove(Scopes.of(room, person)) != null) {
            keep(Scopes.of(room, person), new Count(0, clock.millis()));
        }
    }

    private synchronized LadderRule.Step counted(RoomEvent event, LadderRule ladder, Mode mode) {
        Map<String, Count> among = mode == Mode.ENFORCE ? counts : observed;
        String person = Scopes.of(event.room(), event.sender());
        Count before = among.getOrDefault(person, new Count(0, event.atMillis()));
        double left = before.at(event.atMillis(), ladder.halfLife());
        Count now = new Count(left + 1, event.atMillis());
        among.put(person, now);
        if (mode == Mode.ENFORCE) {
            keep(person, now);
        }
        return ladder.reached(left, now.strikes());
    }

    private static Map<String, Count> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Count> eldest) {
                return size() > MAX_PEOPLE;
            }
        };
    }

    private void keep(String person, Count count) {
        long expires = count.atMillis() + KEEP.toMillis();
        writer.accept(
                new Records.Row(KIND, person, "", count.atMillis(), expires, "{\"strikes\":" + count.strikes() + "}"));
    }
}
