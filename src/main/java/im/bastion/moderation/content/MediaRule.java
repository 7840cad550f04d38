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
 * Somebody sends pictures or files: out-of-band data (XEP-0066), shared files (XEP-0385, XEP-0447), encrypted ones (aesgcm).
 * Field: "max" (0), how many one message may have.
 */
public final class MediaRule implements ModerationRule {
    public static final RuleType TYPE =
            RuleType.pure("media", Severity.INFO, "it shows media, which is not allowed in this room", MediaRule::read);

    private final int max;

    private MediaRule(int max) {
        this.max = max;
    }

    private static MediaRule read(Definition definition) throws BrokenDefinition {
        return new MediaRule(definition.integer("max", 0, 0, 64));
    }

    @Override
    public RuleOutcome judge(RoomEvent event, Sender sender) {
        int media = event.shape().media().size();
        return media > max ? new RuleOutcome.Finding(Evidence.fact("media=" + media)) : RuleOutcome.PASS;
    }
}
