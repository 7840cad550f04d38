// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.PolicyRow;
import java.util.List;

/**
 * The rule against listed phrases, as the form shows it.
 *
 * @param rooms bare JIDs of the rooms it is for, "*@service" for all of a service; empty for all rooms
 */
public record PhraseRuleForm(Mode mode, List<String> phrases, List<String> rooms) {
    public static final RuleId RULE = new RuleId("moderation.listed-phrase");

    static PhraseRuleForm of(PolicyRow row) {
        if (row == null) {
            return new PhraseRuleForm(Mode.OBSERVE, List.of(), List.of());
        }
        RuleBody body = RuleBody.parse(row.body());
        return new PhraseRuleForm(row.mode(), body.list("phrases"), body.list("rooms"));
    }

    static PhraseRuleForm of(Form form) {
        return new PhraseRuleForm(form.mode("mode"), form.lines("phrases"), form.lines("rooms"));
    }

    String body() {
        RuleBody body = new RuleBody().with("phrases", phrases);
        return (rooms.isEmpty() ? body : body.with("rooms", rooms)).toString();
    }

    public String phrasesText() {
        return String.join("\n", phrases);
    }

    public String roomsText() {
        return String.join("\n", rooms);
    }
}
