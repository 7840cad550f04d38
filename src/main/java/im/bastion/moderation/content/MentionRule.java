// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.content;

import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.event.Sender;
import im.bastion.moderation.rule.BrokenDefinition;
import im.bastion.moderation.rule.Definition;
import im.bastion.moderation.rule.Evidence;
import im.bastion.moderation.rule.ModerationRule;
import im.bastion.moderation.rule.RuleOutcome;
import im.bastion.moderation.rule.RuleType;
import im.bastion.policy.Severity;

/**
 * Somebody calls many people at once. Field: "max" (10), how many mentions (XEP-0372 references and words with an at sign)
 * one message may have.
 */
public final class MentionRule implements ModerationRule {
    public static final RuleType TYPE =
            RuleType.pure("mention", Severity.INFO, "it mentions too many people at once", MentionRule::read);

    private final int max;

    private MentionRule(int max) {
        this.max = max;
    }

    private static MentionRule read(Definition definition) throws BrokenDefinition {
        return new MentionRule(definition.integer("max", 10, 0, 1_000));
    }

    @Override
    public RuleOutcome judge(RoomEvent event, Sender sender) {
        int mentions = event.shape().mentions();
        return mentions > max ? new RuleOutcome.Finding(Evidence.fact("mentions=" + mentions)) : RuleOutcome.PASS;
    }
}
