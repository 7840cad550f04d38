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
 * Somebody shouts. Fields: "minLetters" (20), how many letters that have a case a body must have to count; "maxPercent"
 * (80), how many of them may be capitals. Scripts without case never count.
 */
public final class CapitalsRule implements ModerationRule {
    public static final RuleType TYPE =
            RuleType.pure("capitals", Severity.INFO, "it is written in capitals", CapitalsRule::read);

    private final int minLetters;
    private final int maxPercent;

    private CapitalsRule(int minLetters, int maxPercent) {
        this.minLetters = minLetters;
        this.maxPercent = maxPercent;
    }

    private static CapitalsRule read(Definition definition) throws BrokenDefinition {
        return new CapitalsRule(
                definition.integer("minLetters", 20, 1, 10_000), definition.integer("maxPercent", 80, 1, 99));
    }

    @Override
    public RuleOutcome judge(RoomEvent event, Sender sender) {
        int letters = event.shape().letters();
        if (letters < minLetters) {
            return RuleOutcome.NOT_APPLICABLE;
        }
        long percent = 100L * event.shape().capitals() / letters;
        return percent > maxPercent
                ? new RuleOutcome.Finding(Evidence.fact("capitals=" + percent + "%"))
                : RuleOutcome.PASS;
    }
}
