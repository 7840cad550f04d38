// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.content;

import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.event.Sender;
import im.bastion.moderation.rule.Definition;
import im.bastion.moderation.rule.Evidence;
import im.bastion.moderation.rule.ModerationRule;
import im.bastion.moderation.rule.RuleOutcome;
import im.bastion.moderation.rule.RuleType;
import im.bastion.policy.Severity;

/**
 * Somebody puts another message in the place of one that was read already (XEP-0308). What it says is judged by the other
 * rules like any message; this one is for those who may not correct at all, such as newcomers.
 */
public final class CorrectionRule implements ModerationRule {
    public static final RuleType TYPE =
            RuleType.pure("correction", Severity.INFO, "messages cannot be corrected here", CorrectionRule::read);

    private CorrectionRule() {}

    private static CorrectionRule read(Definition definition) {
        return new CorrectionRule();
    }

    @Override
    public RuleOutcome judge(RoomEvent event, Sender sender) {
        return event.shape().corrects().isEmpty()
                ? RuleOutcome.NOT_APPLICABLE
                : new RuleOutcome.Finding(Evidence.fact("corrects=1"));
    }
}
