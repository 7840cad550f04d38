// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.content;

import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.event.RoomText;
import im.bastion.moderation.event.RoomText.Part;
import im.bastion.moderation.event.Sender;
import im.bastion.moderation.event.Shape;
import im.bastion.moderation.rule.BrokenDefinition;
import im.bastion.moderation.rule.Definition;
import im.bastion.moderation.rule.Evidence;
import im.bastion.moderation.rule.ModerationRule;
import im.bastion.moderation.rule.RuleOutcome;
import im.bastion.moderation.rule.RuleType;
import im.bastion.policy.Severity;

/**
 * Somebody sends too much at once. Fields: "maxChars" (6,000) and "maxLines" (40) of a body, "maxNickname" (64) and
 * "maxStatus" (500) in characters, "maxSize" (65,536) of the whole stanza, which is all that is known of an encrypted one.
 * More texts than rules look at (64), or deeper nesting (256 levels), are always too much.
 */
public final class LengthRule implements ModerationRule {
    public static final RuleType TYPE =
            RuleType.pure("length", Severity.INFO, "it is too long for this room", LengthRule::read);

    private final int maxChars;
    private final int maxLines;
    private final int maxNickname;
    private final int maxStatus;
    private final int maxSize;

    private LengthRule(Definition definition) throws BrokenDefinition {
        maxChars = definition.integer("maxChars", 6_000, 1, 1_000_000);
        maxLines = definition.integer("maxLines", 40, 1, 100_000);
        maxNickname = definition.integer("maxNickname", 64, 1, 1_023);
        maxStatus = definition.integer("maxStatus", 500, 1, 65_536);
        maxSize = definition.integer("maxSize", 65_536, 256, 10_000_000);
    }

    private static LengthRule read(Definition definition) throws BrokenDefinition {
        return new LengthRule(definition);
    }

    @Override
    public RuleOutcome judge(RoomEvent event, Sender sender) {
        Shape shape = event.shape();
        if (shape.chars() > maxChars) {
            return found("characters", shape.chars());
        }
        if (shape.lines() > maxLines) {
            return found("lines", shape.lines());
        }
        if (shape.bytes() > maxSize) {
            return found("size", shape.bytes());
        }
        if (event.cutOff()) {
            return new RuleOutcome.Finding(Evidence.fact("more-than-can-be-looked-at=1"));
        }
        for (RoomText text : event.texts()) {
            int length = text.original().length();
            if ((text.part() == Part.NICKNAME && length > maxNickname)
                    || (text.part() == Part.STATUS && length > maxStatus)) {
                return found(text.part() == Part.NICKNAME ? "nickname" : "status", length);
            }
        }
        return RuleOutcome.PASS;
    }

    private static RuleOutcome found(String what, int count) {
        return new RuleOutcome.Finding(Evidence.fact(what + "=" + count));
    }
}
