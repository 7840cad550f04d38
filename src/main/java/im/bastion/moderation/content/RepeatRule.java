// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.content;

import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.event.RoomText;
import im.bastion.moderation.event.RoomText.Part;
import im.bastion.moderation.event.Sender;
import im.bastion.moderation.rule.BrokenDefinition;
import im.bastion.moderation.rule.Definition;
import im.bastion.moderation.rule.Evidence;
import im.bastion.moderation.rule.ModerationRule;
import im.bastion.moderation.rule.RuleOutcome;
import im.bastion.moderation.rule.RuleType;
import im.bastion.moderation.text.Fingerprint;
import im.bastion.moderation.text.KeyedHash;
import im.bastion.policy.Severity;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;

/**
 * Somebody says the same, or nearly the same, again and again, in one room or in many. Fields: "max" (3), how often
 * within "seconds" (300); "minChars" (12), how long a text must be to count: greetings and "+1" do not.
 * Nor does what stands beside an encrypted message, which clients word as they like.
 *
 * <p>Remembers {@value #SLOTS} texts in 768 KiB, whoever says them: a text that finds no place is not counted, and none is
 * put out before its time, so nobody can make the rule forget or accuse another.
 */
public final class RepeatRule implements ModerationRule {
    public static final RuleType TYPE = RuleType.counting(
            "repeat", Severity.INFO, "you have said nearly the same several times already", RepeatRule::read);

    /** Not a status, which people set and take back honestly. */
    private static final Set<Part> TOLD = Set.of(Part.BODY, Part.SUBJECT, Part.REASON);

    private static final int SLOTS = 1 << 15;
    private static final int PROBES = 8;

    private final int max;
    private final long windowNanos;
    private final int minChars;
    private final KeyedHash hash = new KeyedHash();
    private final long salt = ThreadLocalRandom.current().nextLong();
    private final long[] who = new long[SLOTS];
    private final long[] since = new long[SLOTS];
    private final int[] count = new int[SLOTS];

    private RepeatRule(int max, long windowNanos, int minChars) {
        this.max = max;
        this.windowNanos = windowNanos;
        this.minChars = minChars;
    }

    private static RepeatRule read(Definition definition) throws BrokenDefinition {
        return new RepeatRule(
                definition.integer("max", 3, 1, 1_000),
                TimeUnit.SECONDS.toNanos(definition.integer("seconds", 300, 1, 86_400)),
                definition.integer("minChars", 12, 1, 10_000));
    }

    @Override
    public RuleOutcome judge(RoomEvent event, Sender sender) {
        for (RoomText text : event.texts()) {
            if (TOLD.contains(text.part())
                    && !event.shape().isEncrypted()
                    && text.folded().length() >= minChars) {
                long said = Fingerprint.of(text.folded(), salt);
                // Without letters only the very same is the same.
                said = said == 0 ? hash.of(text.folded().toString()) : said;
                long print = Fingerprint.mixed(said ^ hash.of(sender.bareJid().toString()));
                int times = counted(print == 0 ? 1 : print, event.nanos());
                return times > max ? new RuleOutcome.Finding(Evidence.fact("repeats=" + times)) : RuleOutcome.PASS;
            }
        }
        return RuleOutcome.NOT_APPLICABLE;
    }

    private synchronized int counted(long print, long now) {
        int free = -1;
        for (int probe = 0; probe < PROBES; probe++) {
            int slot = (int) (print >>> 17) + probe & SLOTS - 1;
            boolean stale = who[slot] == 0 || now - since[slot] > windowNanos;
            if (who[slot] == print && !stale) {
                return ++count[slot];
            }
            free = free < 0 && stale ? slot : free;
        }
        if (free >= 0) {
            who[free] = print;
            since[free] = now;
            count[free] = 1;
        }
        return 1;
    }
}
