// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.federation.FederationServices;
import im.bastion.federation.FederationSettings;
import im.bastion.federation.ImportPlan;
import im.bastion.federation.PolicyEditor;
import im.bastion.federation.policy.Demand;
import im.bastion.federation.policy.Preset;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.PolicyChange;
import im.bastion.store.PolicyMovedException;
import im.bastion.store.PolicyRow;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import javax.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The federation policy: its rules, one rule in the editor, policy files in and out. */
final class PolicyPage extends Page {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(PolicyPage.class);

    PolicyPage(ConsoleModel model, Presentation presentation) {
        super("policy", model, presentation);
    }

    @Override
    PolicyView view(Frame frame, Form refused) {
        return view(frame, refused, new Form(name -> null));
    }

    @Override
    PolicyView view(Frame frame, Form refused, Form address) {
        FederationServices federation = model().federation();
        if (federation == null) {
            return new PolicyView(frame, null, PeerRuleDraft.NONE, "", null, "", null, null, 0);
        }
        List<Demand> rules = federation.editor().rules();
        String file = refused == null ? "" : file(refused);
        ImportPlan plan = file.isEmpty() ? null : federation.editor().plan(file);
        PeerRuleDraft draft = refused != null && isOfRule(refused)
                ? PolicyTrial.draft(refused)
                : rules.stream()
                        .filter(rule -> rule.id().value().equals("federation." + address.text("rule")))
                        .findFirst()
                        .map(PeerRuleDraft::of)
                        .orElse(PeerRuleDraft.NONE);
        return new PolicyView(
                frame,
                rules,
                draft,
                file,
                plan,
                federation.editor().export(),
                refused == null ? null : PolicyTrial.shown(model(), refused),
                CommitView.of(model()),
                model().settings().get(FederationSettings.HISTORY_DAYS));
    }

    @Override
    Outcome act(Form form, Submitter by) {
        if (model().federation() == null) {
            return by.refuse(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "bastion.policy.absent");
        }
        if (PolicyTrial.isAsked(form)) {
            return PolicyTrial.act(model(), form, by);
        }
        return switch (form.text("action")) {
            case "mode" -> mode(form, by);
            case "preset", "try" -> attempt(form, by);
            case "take" -> take(form, by);
            case "enforce" -> new CommitForm(model(), form, by).enforce();
            case "confirm" -> new CommitForm(model(), form, by).confirm();
            case "undo" -> new CommitForm(model(), form, by).undo();
            default -> save(form, by);
        };
    }

    /** Whether the editor's form was sent. */
    private static boolean isOfRule(Form form) {
        return form.text("action").equals(RuleChange.ACTION)
                || (PolicyTrial.isAsked(form) && form.text("file").isEmpty());
    }

    private Outcome save(Form form, Submitter by) {
        PeerRuleDraft draft = PeerRuleDraft.of(form);
        RuleId rule = draft.id();
        if (rule == null || draft.mode() == null) {
            return by.refuse(HttpServletResponse.SC_BAD_REQUEST, "bastion.rules.name");
        }
        return change(rule, draft.version(), draft.mode(), draft.body(), form, by);
    }

    private Outcome mode(Form form, Submitter by) {
        PolicyRow row = model().policies().of("federation").stream()
                .filter(r -> r.rule().value().equals(form.text("rule")))
                .findFirst()
                .orElse(null);
        Mode mode = form.mode("mode");
        return row == null || mode == null
                ? by.refuse(HttpServletResponse.SC_BAD_REQUEST, "bastion.rules.name")
                : change(row.rule(), form.number("version"), mode, row.body(), form, by);
    }

    private Outcome change(RuleId rule, int version, Mode mode, String body, Form form, Submitter by) {
        RuleChange change = new RuleChange(model(), rule);
        CommitForm commit = new CommitForm(model(), form, by);
        return commit.isAsked()
                ? change.apply(version, mode, body, by, stored -> commit.begin(List.of(stored)))
                : change.apply(version, mode, body, by);
    }

    /** Changes nothing: the page is shown again, with what the file would change. */
    private Outcome attempt(Form form, Submitter by) {
        String file = file(form);
        if (file.isEmpty()) {
            return by.refuse(HttpServletResponse.SC_BAD_REQUEST, "bastion.policy.no-file");
        }
        return model().federation().editor().plan(file).faults().isEmpty()
                ? by.refuse(HttpServletResponse.SC_OK, "bastion.policy.tried")
                : by.refuse(HttpServletResponse.SC_BAD_REQUEST, "bastion.policy.faulty");
    }

    private Outcome take(Form form, Submitter by) {
        PolicyEditor editor = model().federation().editor();
        CommitForm commit = new CommitForm(model(), form, by);
        try {
            List<PolicyChange> changes = editor.changes(form.text("file"), form.text("basis"));
            if (changes == null) {
                return by.refuse(HttpServletResponse.SC_CONFLICT, "bastion.policy.moved");
            }
            if (commit.isAsked()) {
                return commit.begin(changes);
            }
            var unused = model().policies().changeAll(changes, by.admin());
            model().host().adminConsole().log(by.admin(), "Bastion: federation policy", "taken over from a file");
            return new Outcome.Done(Notice.POLICY_CHANGED);
        } catch (PolicyMovedException e) {
            return by.refuse(HttpServletResponse.SC_CONFLICT, "bastion.policy.moved");
        } catch (SQLException e) {
            LOG.warn("The database did not take the policy file", e);
            return by.refuse(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "bastion.refused.database");
        } catch (IllegalArgumentException e) {
            return by.refuse(HttpServletResponse.SC_BAD_REQUEST, "bastion.policy.faulty");
        }
    }

    private static String file(Form form) {
        return form.text("action").equals("preset")
                ? Arrays.stream(Preset.values())
                        .filter(preset -> preset.word().equals(form.text("preset")))
                        .findFirst()
                        .map(Preset::text)
                        .orElse("")
                : form.text("file");
    }
}
