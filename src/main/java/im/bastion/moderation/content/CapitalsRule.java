// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.content;

import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.event.RoomText.Part;
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
 * (80), how many of them may be capitals. Scripts without case never count, and code in capitals, such as SQL, is not shouting.
 */
public final class CapitalsRule implements ModerationRule {
    public static final RuleType TYPE =
            RuleType.pure("capitals", Severity.INFO, "it is written in capitals", CapitalsRule::read);

    private static final String SIGNS = "=;{}_<>|#\\%`";

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
        return percent > maxPercent && !isCode(event)
                ? new RuleOutcome.Finding(Evidence.fact("capitals=" + percent + "%"))
                : RuleOutcome.PASS;
    }

    private static boolean isCode(RoomEvent event) {
        return event.texts().stream().anyMatch(text -> text.part() == Part.BODY && signsOfCode(text.original()) >= 2);
    }

    /** What people hardly ever need to shout: operators, and digits and brackets right behind a letter. */
    private static int signsOfCode(String body) {
        int signs = 0;
        for (int i = 0; i < body.length(); i++) {
            char c = body.charAt(i);
            boolean ofName = (c == '(' || Character.isDigit(c)) && i > 0 && Character.isLetter(body.charAt(i - 1));
            signs += ofName || SIGNS.indexOf(c) >= 0 ? 1 : 0;
        }
        return signs;
    }
}
