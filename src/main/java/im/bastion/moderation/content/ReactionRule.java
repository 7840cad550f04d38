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
import im.bastion.policy.Severity;

/**
 * Reactions (XEP-0444) that are no reactions. Fields: "max" (8), how many at once; "maxChars" (16), how long one may be in
 * characters: an emoji with its parts has up to 16, words have more.
 */
public final class ReactionRule implements ModerationRule {
    public static final RuleType TYPE = RuleType.pure(
            "reaction", Severity.INFO, "it reacts in a way that is not allowed in this room", ReactionRule::read);

    private final int max;
    private final int maxChars;

    private ReactionRule(int max, int maxChars) {
        this.max = max;
        this.maxChars = maxChars;
    }

    private static ReactionRule read(Definition definition) throws BrokenDefinition {
        return new ReactionRule(definition.integer("max", 8, 0, 64), definition.integer("maxChars", 16, 1, 1_000));
    }

    @Override
    public RuleOutcome judge(RoomEvent event, Sender sender) {
        int reactions = event.shape().reactions();
        if (reactions > max) {
            return new RuleOutcome.Finding(Evidence.fact("reactions=" + reactions));
        }
        for (RoomText text : event.texts()) {
            if (text.part() == Part.REACTION && isNoEmoji(text.original())) {
                return new RuleOutcome.Finding(Evidence.fact("reaction=text"));
            }
        }
        return RuleOutcome.PASS;
    }

    private boolean isNoEmoji(String reaction) {
        return reaction.length() > maxChars || reaction.codePoints().anyMatch(ReactionRule::isLetter);
    }

    /** The sign for information is an emoji and, to Unicode, a letter. */
    private static boolean isLetter(int codePoint) {
        return Character.isLetter(codePoint) && codePoint != 0x2139;
    }
}
