// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;

/**
 * A rule of moderation as the editor has it.
 *
 * @param name without the guard's
 * @param body the definition as JSON
 * @param version it was made from; 0 for a new one
 * @param words to try it on
 * @param room whose archive to try it on
 */
public record RuleDraft(String name, Mode mode, String body, int version, String words, String room) {
    static final RuleDraft NONE = new RuleDraft("", Mode.OBSERVE, "{\n  \"type\": \"\"\n}", 0, "", "");

    static RuleDraft of(Form form) {
        String rule = form.text("rule");
        return new RuleDraft(
                rule.startsWith("moderation.") ? rule.substring("moderation.".length()) : rule,
                form.mode("mode"),
                form.text("body"),
                Math.max(0, form.number("version")),
                form.text("words"),
                form.text("room"));
    }

    /** Null when the name is none. */
    RuleId id() {
        try {
            return new RuleId("moderation." + name);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
