// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.encryption.EncryptionServices;
import im.bastion.encryption.EncryptionSettings;
import im.bastion.encryption.Explanation;
import im.bastion.encryption.traffic.Simulation;
import im.bastion.encryption.traffic.Usage.Count;
import im.bastion.policy.RuleId;
import im.bastion.store.PolicyRow;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import javax.servlet.http.HttpServletResponse;
import org.xmpp.packet.JID;

/** The encryption policy: its rules, what holds between two, what a draft would do, how much is encrypted. */
final class EncryptionPage extends Page {
    private static final long serialVersionUID = 1L;
    private static final String GUARD = "encryption";
    private static final int CHART_DAYS = 30;

    EncryptionPage(ConsoleModel model, Presentation presentation) {
        super("encryption", model, presentation);
    }

    @Override
    EncryptionView view(Frame frame, Form refused) {
        EncryptionServices encryption = model().encryption();
        List<Count> counts = encryption == null ? null : encryption.usage(CHART_DAYS);
        EncryptionDraft draft = draft(refused);
        return new EncryptionView(
                frame,
                GuardCard.of(model().guard(GUARD), model(), frame.texts()),
                model().policies().of(GUARD),
                encryption == null ? List.of() : encryption.conflicts(),
                counts == null ? null : EncryptionShare.chart(counts, today(), CHART_DAYS, frame.texts()),
                counts == null ? List.of() : EncryptionPlace.of(counts),
                draft,
                refused == null ? "" : refused.text("from"),
                refused == null ? "" : refused.text("to"),
                explained(draft, refused),
                tried(draft, refused),
                model().settings().get(EncryptionSettings.REMEMBER_DAYS),
                model().settings().get(EncryptionSettings.STATISTICS_DAYS));
    }

    @Override
    Outcome act(Form form, Submitter by) {
        if (form.text("action").equals(ModeChange.ACTION)) {
            return new ModeChange(model()).apply(form, by);
        }
        if (model().encryption() == null) {
            return by.refuse(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "bastion.encryption.absent");
        }
        return switch (form.text("action")) {
            case "edit" -> by.refuse(HttpServletResponse.SC_OK, "bastion.rules.editing", form.text("stored"));
            case "explain" -> explain(form, by);
            case "try" -> attempt(form, by);
            default -> save(form, by);
        };
    }

    private Outcome save(Form form, Submitter by) {
        EncryptionDraft draft = EncryptionDraft.of(form);
        return draft.id() == null || draft.mode() == null
                ? by.refuse(HttpServletResponse.SC_BAD_REQUEST, "bastion.rules.name")
                : new RuleChange(model(), draft.id()).apply(draft.version(), draft.mode(), draft.body(), by);
    }

    /** Changes nothing: the page is shown again, with what holds between the two. */
    private Outcome explain(Form form, Submitter by) {
        try {
            Explanation unused = explanation(draftToTry(EncryptionDraft.of(form)), form);
            return by.refuse(HttpServletResponse.SC_OK, "bastion.encryption.explained");
        } catch (IllegalArgumentException e) {
            return by.refuse(HttpServletResponse.SC_BAD_REQUEST, "bastion.encryption.pair", e.getMessage());
        }
    }

    /** Changes nothing: the page is shown again, with what the draft would have done. */
    private Outcome attempt(Form form, Submitter by) {
        EncryptionDraft draft = EncryptionDraft.of(form);
        if (draft.id() == null || draft.mode() == null) {
            return by.refuse(HttpServletResponse.SC_BAD_REQUEST, "bastion.rules.name");
        }
        String fault = model().guard(GUARD).fault().apply(row(draft));
        return fault == null
                ? by.refuse(HttpServletResponse.SC_OK, "bastion.rules.tried")
                : by.refuse(HttpServletResponse.SC_BAD_REQUEST, "bastion.refused.rule", fault);
    }

    private EncryptionDraft draft(Form form) {
        if (form == null) {
            return EncryptionDraft.NONE;
        }
        if (!form.text("action").equals("edit")) {
            return EncryptionDraft.of(form);
        }
        return model().policies().of(GUARD).stream()
                .filter(row -> row.rule().value().equals(form.text("stored")))
                .findFirst()
                .map(EncryptionDraft::of)
                .orElse(EncryptionDraft.NONE);
    }

    private Explanation explained(EncryptionDraft draft, Form form) {
        if (form == null || form.text("from").isEmpty() || form.text("to").isEmpty() || model().encryption() == null) {
            return null;
        }
        try {
            return explanation(draftToTry(draft), form);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private Explanation explanation(PolicyRow draft, Form form) {
        return model().encryption().explain(new JID(form.text("from")), new JID(form.text("to")), draft);
    }

    private Simulation.Result tried(EncryptionDraft draft, Form form) {
        PolicyRow row = form == null || !form.text("action").equals("try") ? null : draftToTry(draft);
        return row == null
                ? null
                : model().encryption()
                        .simulate(row, Math.max(1, model().settings().get(EncryptionSettings.REMEMBER_DAYS)));
    }

    /** The draft as a rule; null while it is none. */
    private PolicyRow draftToTry(EncryptionDraft draft) {
        RuleId id = draft.id();
        PolicyRow row = id == null || draft.mode() == null ? null : row(draft);
        return row == null || model().guard(GUARD).fault().apply(row) != null ? null : row;
    }

    private PolicyRow row(EncryptionDraft draft) {
        return draft.row("", model().clock().instant());
    }

    private LocalDate today() {
        return LocalDate.ofInstant(model().clock().instant(), ZoneOffset.UTC);
    }
}
