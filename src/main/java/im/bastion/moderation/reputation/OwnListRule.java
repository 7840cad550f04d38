// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.reputation;

import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.event.RoomEvent.Kind;
import im.bastion.moderation.event.Sender;
import im.bastion.moderation.rule.Evidence;
import im.bastion.moderation.rule.ModerationRule;
import im.bastion.moderation.rule.Remedy;
import im.bastion.moderation.rule.RuleOutcome;
import im.bastion.moderation.rule.RuleType;
import im.bastion.policy.Severity;

/** Somebody stands on this server's own list, because a person decided so. */
public final class OwnListRule implements ModerationRule {
    private final FollowedLists lists;

    private OwnListRule(FollowedLists lists) {
        this.lists = lists;
    }

    /** The type of rule, which asks this list; it looks at nobody who is affiliated with the room. */
    public static RuleType type(FollowedLists lists) {
        return RuleType.counting(
                "own-list",
                Severity.WARNING,
                "your account or server is blocked here",
                definition -> new OwnListRule(lists));
    }

    @Override
    public RuleOutcome judge(RoomEvent event, Sender sender) {
        if (event.kind() == Kind.LEAVE || event.kind() == Kind.STATUS) {
            return RuleOutcome.NOT_APPLICABLE;
        }
        return lists.isRefusedHere(sender.bareJid())
                ? new RuleOutcome.Finding(Evidence.fact("own-list"), Remedy.TURN_AWAY, null)
                : RuleOutcome.PASS;
    }
}
