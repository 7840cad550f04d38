// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import com.google.gson.JsonObject;
import im.bastion.host.HostException;
import im.bastion.moderation.ModerationServices;
import im.bastion.moderation.book.DefaultRules;
import im.bastion.moderation.book.Trial;
import im.bastion.moderation.rule.BrokenDefinition;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.PolicyBody;
import im.bastion.store.PolicyRow;
import java.util.List;
import javax.servlet.http.HttpServletResponse;
import org.xmpp.packet.JID;

/** All rules of moderation: what they do and have done, defining one, trying it first. */
final class RulesPage extends Page {
    private static final long serialVersionUID = 1L;
    private static final String GUARD = "moderation";
    private static final int MAX_TRIED = 10_000;

    RulesPage(ConsoleModel model, Presentation presentation) {
        super("rules", model, presentation);
    }

    @Override
    RulesView view(Frame frame, Form refused) {
        ModerationServices moderation = model().moderation();
        if (moderation == null) {
            return new RulesView(frame, List.of(), List.of(), RuleDraft.NONE, null, null, true);
        }
        RuleDraft draft = refused == null ? RuleDraft.NONE : RuleDraft.of(refused);
        List<PolicyRow> rows = model().policies().of(GUARD);
        return new RulesView(
                frame,
                rows.stream()
                        .map(row -> RuleLine.of(row, moderation, model().host().rooms()))
                        .toList(),
                moderation.book().get().types(),
                draft,
                tried(draft, refused),
                refused == null ? null : onWords(draft, refused),
                rows.size() >= DefaultRules.ALL.size());
    }

    @Override
    Outcome act(Form form, Submitter by) {
        if (model().moderation() == null) {
            return by.refuse(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "bastion.rules.absent");
        }
        return switch (form.text("action")) {
            case "defaults" -> defaults(by);
            case "edit" -> by.refuse(HttpServletResponse.SC_OK, "bastion.rules.editing", form.text("rule"));
            case "mode" -> mode(form, by);
            case "try", "archive" -> attempt(form, by);
            default -> save(form, by);
        };
    }

    private Outcome save(Form form, Submitter by) {
        RuleDraft draft = RuleDraft.of(form);
        RuleId rule = draft.id();
        if (rule == null || draft.mode() == null) {
            return by.refuse(HttpServletResponse.SC_BAD_REQUEST, "bastion.rules.name");
        }
        return new RuleChange(model(), rule).apply(draft.version(), draft.mode(), draft.body(), by);
    }

    private Outcome mode(Form form, Submitter by) {
        PolicyRow row = row(form.text("rule"));
        Mode mode = form.mode("mode");
        return row == null || mode == null
                ? by.refuse(HttpServletResponse.SC_BAD_REQUEST, "bastion.rules.name")
                : new RuleChange(model(), row.rule()).apply(form.number("version"), mode, row.body(), by);
    }

    /** Those that are not defined yet, each in the mode proposed for it. */
    private Outcome defaults(Submitter by) {
        Outcome outcome = new Outcome.Done(Notice.UNCHANGED);
        for (DefaultRules.Proposal proposal : DefaultRules.ALL) {
            if (row(proposal.rule().value()) == null) {
                outcome = new RuleChange(model(), proposal.rule()).apply(0, proposal.mode(), proposal.body(), by);
                if (outcome instanceof Outcome.Refused) {
                    return outcome;
                }
            }
        }
        return outcome;
    }

    /** Changes nothing: the page is shown again, with what came of it. */
    private Outcome attempt(Form form, Submitter by) {
        RuleDraft draft = RuleDraft.of(form);
        RuleId rule = draft.id();
        if (rule == null) {
            return by.refuse(HttpServletResponse.SC_BAD_REQUEST, "bastion.rules.name");
        }
        String fault = model().guard(GUARD)
                .fault()
                .apply(new PolicyRow(
                        rule,
                        1,
                        Mode.OBSERVE,
                        draft.body(),
                        by.admin(),
                        model().clock().instant()));
        return fault != null
                ? by.refuse(HttpServletResponse.SC_BAD_REQUEST, "bastion.refused.rule", fault)
                : by.refuse(HttpServletResponse.SC_OK, "bastion.rules.tried");
    }

    private Trial.Result tried(RuleDraft draft, Form form) {
        if (form == null || !form.text("action").equals("archive") || draft.id() == null) {
            return null;
        }
        try {
            return model().moderation()
                    .trial()
                    .archive(
                            row(draft),
                            new JID(form.text("room")),
                            model().clock().instant(),
                            MAX_TRIED);
        } catch (BrokenDefinition | HostException | IllegalArgumentException e) {
            return new Trial.Result(0, 0, 0, List.of());
        }
    }

    private Trial.Example onWords(RuleDraft draft, Form form) {
        if (!form.text("action").equals("try") || draft.id() == null) {
            return null;
        }
        try {
            JID room = new JID("trial", "invalid", null);
            return model().moderation().trial().text(row(draft), room, form.text("words"));
        } catch (BrokenDefinition e) {
            return null;
        }
    }

    private PolicyRow row(RuleDraft draft) {
        return new PolicyRow(
                draft.id(), 1, Mode.OBSERVE, draft.body(), "", model().clock().instant());
    }

    private PolicyRow row(String rule) {
        return model().policies().of(GUARD).stream()
                .filter(row -> row.rule().value().equals(rule))
                .findFirst()
                .orElse(null);
    }

    /** The type that a stored definition names, or is named after. */
    static String type(PolicyRow row) {
        try {
            JsonObject body = PolicyBody.parse(row.body());
            String value = row.rule().value();
            return body.has("type") ? body.get("type").getAsString() : value.substring(value.indexOf('.') + 1);
        } catch (IllegalArgumentException | UnsupportedOperationException | IllegalStateException e) {
            return "?";
        }
    }
}
