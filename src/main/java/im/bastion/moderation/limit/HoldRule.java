// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.limit;

import im.bastion.moderation.event.RoomEvent;
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

/**
 * What is said waits before the room sees it, so that somebody can stop it. Field: "seconds" (10). Meant for newcomers:
 * give it a scope.
 */
public final class HoldRule implements ModerationRule {
    public static final RuleType TYPE =
            RuleType.pure("hold", Severity.INFO, "messages of newcomers are shown after some seconds", HoldRule::read);

    private final Duration delay;

    private HoldRule(Duration delay) {
        this.delay = delay;
    }

    private static HoldRule read(Definition definition) throws BrokenDefinition {
        return new HoldRule(definition.seconds("seconds", Duration.ofSeconds(10), 1, 300));
    }

    @Override
    public RuleOutcome judge(RoomEvent event, Sender sender) {
        return event.isSaid()
                ? new RuleOutcome.Finding(
                        Evidence.fact("hold=" + delay.toSeconds() + "s"), new Remedy.Hold(delay), null)
                : RuleOutcome.NOT_APPLICABLE;
    }
}
