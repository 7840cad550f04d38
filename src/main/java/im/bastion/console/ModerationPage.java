// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.PolicyRow;
import javax.servlet.http.HttpServletResponse;

/** The mode and the rules of moderation. */
final class ModerationPage extends Page {
    private static final long serialVersionUID = 1L;
    private static final RuleId RULE = PhraseRuleForm.RULE;

    ModerationPage(ConsoleModel model, Presentation presentation) {
        super("moderation", model, presentation);
    }

    @Override
    ModerationView view(Frame frame, Form refused) {
        PolicyRow row = new RuleChange(model(), RULE).current();
        PhraseRuleForm rule = refused != null && refused.text("action").equals(RuleChange.ACTION)
                ? PhraseRuleForm.of(refused)
                : PhraseRuleForm.of(row);
        return new ModerationView(frame, GuardCard.of(model().guard("moderation"), model(), frame.texts()), row, rule);
    }

    @Override
    Outcome act(Form form, Submitter by) {
        if (form.text("action").equals(ModeChange.ACTION)) {
            return new ModeChange(model()).apply(form, by);
        }
        PhraseRuleForm rule = PhraseRuleForm.of(form);
        if (rule.mode() == null) {
            return by.refuse(HttpServletResponse.SC_BAD_REQUEST, "bastion.refused.mode");
        }
        if (rule.phrases().isEmpty() && rule.mode() != Mode.OFF) {
            return by.refuse(HttpServletResponse.SC_BAD_REQUEST, "bastion.refused.no-phrase");
        }
        return new RuleChange(model(), RULE).apply(form.number("version"), rule.mode(), rule.body(), by);
    }
}
