// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.federation.FederationSettings;
import im.bastion.federation.PolicyEditor;
import im.bastion.federation.policy.FederationPolicy;
import im.bastion.federation.policy.PolicyFault;
import im.bastion.federation.simulate.Change;
import im.bastion.federation.simulate.PeerImpact;
import im.bastion.federation.simulate.SimulationRun;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.PolicyRow;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.List;
import javax.servlet.http.HttpServletResponse;

/**
 * A draft of the federation policy, tried on what was seen of peers. Asked for by the action "simulate" (the rule in the
 * editor) or "simulate-file", with the number of a page behind it, or by "except" with the peer behind it: that adds an
 * exception to the draft and tries it again.
 *
 * @param changes one page of what would change; null while it runs and when it failed
 * @param action that asks for it again
 * @param days how far back, today included
 * @param until the last day of an exception, as it stands in the form
 * @param reason of an exception, as it stands in the form
 */
public record PolicyTrial(
        SimulationRun run, Listing<PeerImpact> changes, String action, int days, String until, String reason) {
    private static final String RULE = "simulate";
    private static final String FILE = "simulate-file";
    private static final String EXCEPT = "except";
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final int USUAL_DAYS = 30;
    private static final RuleId UNNAMED = new RuleId("federation.draft");

    static boolean isAsked(Form form) {
        return List.of(RULE, FILE, EXCEPT).contains(word(form, 0));
    }

    /** Tries the draft and waits a moment for what comes out. */
    static Outcome act(ConsoleModel model, Form form, Submitter by) {
        if (word(form, 0).equals(EXCEPT) && !hasException(form)) {
            return by.refuse(HttpServletResponse.SC_BAD_REQUEST, "bastion.simulation.exception");
        }
        try {
            SimulationRun run = run(model, form);
            if (run == null) {
                return by.refuse(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "bastion.simulation.busy");
            }
            run.await(PATIENCE);
            return run.failed()
                    ? by.refuse(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "bastion.simulation.failed")
                    : by.refuse(
                            HttpServletResponse.SC_OK,
                            run.running() ? "bastion.simulation.running" : "bastion.simulation.done");
        } catch (PolicyFault e) {
            return by.refuse(HttpServletResponse.SC_BAD_REQUEST, "bastion.refused.rule", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return by.refuse(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "bastion.simulation.failed");
        }
    }

    /** What the form asked for, or null. */
    static PolicyTrial shown(ConsoleModel model, Form form) {
        if (!isAsked(form)) {
            return null;
        }
        try {
            SimulationRun run = run(model, form);
            if (run == null || run.failed()) {
                return null;
            }
            return new PolicyTrial(
                    run,
                    run.impact() == null ? null : Listing.of(run.impact().changes(), page(form)),
                    word(form, 0).equals(FILE) ? FILE : RULE,
                    days(model, form),
                    form.text("except-until"),
                    form.text("except-reason"));
        } catch (PolicyFault e) {
            return null;
        }
    }

    /** The rule in the form, with the exception that was asked for. */
    static PeerRuleDraft draft(Form form) {
        PeerRuleDraft draft = PeerRuleDraft.of(form);
        return word(form, 0).equals(EXCEPT) && hasException(form)
                ? draft.excepting(word(form, 1), form.text("except-until"), form.text("except-reason"))
                : draft;
    }

    /** The form's element this belongs to. */
    public String form() {
        return action.equals(FILE) ? "file-form" : "rule-form";
    }

    /** Whether an exception would help the peer, and there is a draft that can take one. */
    public boolean canExcept(PeerImpact peer, PeerRuleDraft draft) {
        return action.equals(RULE)
                && peer.change() != Change.LET_IN
                && peer.rule().equals(id(draft));
    }

    /** The last day of an exception: what was typed, or in a month. */
    public String until(Times times) {
        return until.isEmpty()
                ? LocalDate.ofInstant(times.now(), ZoneOffset.UTC)
                        .plusDays(USUAL_DAYS)
                        .toString()
                : until;
    }

    /** The peer's page. */
    public String address(PeerImpact peer) {
        return Frame.file("peers") + "?domain=" + URLEncoder.encode(peer.domain(), StandardCharsets.UTF_8);
    }

    private static SimulationRun run(ConsoleModel model, Form form) {
        PolicyEditor editor = model.federation().editor();
        String name;
        FederationPolicy draft;
        if (word(form, 0).equals(FILE)) {
            name = form.text("file");
            draft = editor.enforcing(name);
        } else {
            PeerRuleDraft rule = draft(form);
            name = rule.name() + ' ' + rule.body();
            draft = editor.enforcing(row(model, rule));
        }
        return model.federation().simulator().run(name, draft, days(model, form));
    }

    private static PolicyRow row(ConsoleModel model, PeerRuleDraft rule) {
        Mode mode = rule.mode() == null ? Mode.OBSERVE : rule.mode();
        return new PolicyRow(
                id(rule),
                rule.version() + 1,
                mode,
                rule.body(),
                "",
                model.clock().instant());
    }

    /** A new rule need not have a name to be tried. */
    private static RuleId id(PeerRuleDraft rule) {
        return rule.id() == null ? UNNAMED : rule.id();
    }

    private static int days(ConsoleModel model, Form form) {
        int most = model.settings().get(FederationSettings.HISTORY_DAYS);
        int asked = form.number("days");
        return Math.min(most, asked < 1 ? USUAL_DAYS : asked);
    }

    private static boolean hasException(Form form) {
        String reason = form.text("except-reason");
        try {
            LocalDate.parse(form.text("except-until"));
            return !reason.isEmpty()
                    && reason.lines().count() == 1
                    && !word(form, 1).isEmpty();
        } catch (DateTimeParseException e) {
            return false;
        }
    }

    private static int page(Form form) {
        try {
            return Integer.parseInt(word(form, 1));
        } catch (NumberFormatException e) {
            return 1;
        }
    }

    /** The action, or what stands behind it. */
    private static String word(Form form, int index) {
        String[] words = form.text("action").split(" ", 2);
        return index < words.length ? words[index] : "";
    }
}
