// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.limit;

import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.event.RoomText.Part;
import im.bastion.moderation.event.Sender;
import im.bastion.moderation.rule.BrokenDefinition;
import im.bastion.moderation.rule.Definition;
import im.bastion.moderation.rule.Evidence;
import im.bastion.moderation.rule.ModerationRule;
import im.bastion.moderation.rule.Remedy;
import im.bastion.moderation.rule.RuleOutcome;
import im.bastion.moderation.rule.RuleType;
import im.bastion.policy.Severity;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One message of each account every so many seconds (XEP-0500), over all its clients and nicknames. Field: "seconds" (20).
 * Only what has a body counts. Owners, admins and moderators are outside of every rule; members are within this one when
 * its scope says so. Remembers up to {@value #MAX_ACCOUNTS} accounts; who finds no place may speak.
 */
public final class SlowModeRule implements ModerationRule {
    public static final RuleType TYPE =
            RuleType.counting("slow-mode", Severity.INFO, "this room is in slow mode", SlowModeRule::read);

    private static final int MAX_ACCOUNTS = 50_000;

    private final long nanos;
    private final Map<String, Long> last = new HashMap<>();
    private long sweptAt;

    private SlowModeRule(long nanos) {
        this.nanos = nanos;
    }

    private static SlowModeRule read(Definition definition) throws BrokenDefinition {
        return new SlowModeRule(TimeUnit.SECONDS.toNanos(definition.integer("seconds", 20, 1, 86_400)));
    }

    /** How many seconds lie between two messages. */
    public int seconds() {
        return (int) TimeUnit.NANOSECONDS.toSeconds(nanos);
    }

    @Override
    public RuleOutcome judge(RoomEvent event, Sender sender) {
        if (event.kind() != RoomEvent.Kind.MESSAGE
                || event.texts().stream().noneMatch(text -> text.part() == Part.BODY)) {
            return RuleOutcome.NOT_APPLICABLE;
        }
        long left = left(event.room().toString() + ' ' + sender.bareJid(), event.nanos());
        if (left <= 0) {
            return RuleOutcome.PASS;
        }
        long seconds = Math.max(1, TimeUnit.NANOSECONDS.toSeconds(left + 999_999_999));
        return new RuleOutcome.Finding(
                Evidence.fact("slow-mode=" + seconds() + "s"),
                new Remedy.Wait(Duration.ofSeconds(seconds), false),
                "slow mode: one message every " + seconds() + " s, try again in " + seconds + " s");
    }

    private synchronized long left(String account, long now) {
        Long before = last.get(account);
        if (before != null && now - before < nanos) {
            return nanos - (now - before);
        }
        if (last.size() >= MAX_ACCOUNTS && now - sweptAt > nanos) {
            sweptAt = now;
            last.values().removeIf(at -> now - at >= nanos);
        }
        if (last.size() < MAX_ACCOUNTS || before != null) {
            last.put(account, now);
        }
        return 0;
    }
}
