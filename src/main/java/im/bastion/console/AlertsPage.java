// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.federation.FederationServices;
import im.bastion.federation.PinPlan;
import im.bastion.federation.key.KeyAlert;
import im.bastion.federation.key.KeyAlert.State;
import im.bastion.federation.key.KnownKey;
import im.bastion.federation.key.PeerKeys;
import im.bastion.federation.rule.Pin;
import im.bastion.store.PolicyChange;
import java.util.List;
import java.util.Locale;
import javax.servlet.http.HttpServletResponse;

/** What was told of keys and certificates, newest first, and the decisions about it. */
final class AlertsPage extends Page {
    private static final long serialVersionUID = 1L;

    AlertsPage(ConsoleModel model, Presentation presentation) {
        super("alerts", model, presentation);
    }

    @Override
    AlertsView view(Frame frame, Form refused) {
        if (model().federation() == null) {
            return new AlertsView(frame, null, 0);
        }
        List<KeyAlert> all = model().federation().keys().alerts();
        List<KeyAlert> open = all.stream().filter(KeyAlert::isOpen).toList();
        boolean showsAll = frame.query().text("show").equals(AlertsView.ALL);
        return new AlertsView(frame, Paged.of(showsAll ? all : open, frame.query()), open.size());
    }

    @Override
    Outcome act(Form form, Submitter by) {
        FederationServices federation = model().federation();
        if (federation == null) {
            return by.refuse(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "bastion.policy.absent");
        }
        KeyAlert alert = federation.keys().alert(form.text("id"));
        if (alert == null || !alert.isOpen()) {
            return by.refuse(HttpServletResponse.SC_CONFLICT, "bastion.alerts.decided");
        }
        return switch (form.text("action")) {
            case "accept" -> decide(alert, State.ACCEPTED, by);
            case "dismiss" ->
                alert.change().isWeakening()
                        ? decide(alert, State.DISMISSED, by)
                        : by.refuse(HttpServletResponse.SC_BAD_REQUEST, "bastion.alerts.unknown");
            case "pin" -> pin(alert, form.text("next").toLowerCase(Locale.ROOT), by);
            default -> by.refuse(HttpServletResponse.SC_BAD_REQUEST, "bastion.alerts.unknown");
        };
    }

    private Outcome decide(KeyAlert alert, State decision, Submitter by) {
        return model().federation().keys().decide(alert, decision, by.admin())
                ? new Outcome.Done(Notice.DONE)
                : by.refuse(HttpServletResponse.SC_CONFLICT, "bastion.alerts.decided");
    }

    private Outcome pin(KeyAlert alert, String next, Submitter by) {
        if (!Pin.isHash(alert.key()) || !(next.isEmpty() || Pin.isHash(next))) {
            return by.refuse(HttpServletResponse.SC_BAD_REQUEST, "bastion.alerts.no-hash");
        }
        PolicyChange change;
        try {
            change = new PinPlan(model().federation().editor().rules())
                    .of(
                            alert.domain(),
                            alert.direction(),
                            isInBoth(alert),
                            new Pin(alert.key(), next.isEmpty() ? null : next));
        } catch (IllegalArgumentException e) {
            return by.refuse(HttpServletResponse.SC_BAD_REQUEST, "bastion.alerts.no-domain");
        }
        Outcome outcome = new RuleChange(model(), change.rule()).apply(change.from(), change.mode(), change.body(), by);
        if (outcome instanceof Outcome.Done) {
            model().federation().keys().decide(alert, State.PINNED, by.admin());
        }
        return outcome;
    }

    /** Whether both directions use the alert's key now. */
    private boolean isInBoth(KeyAlert alert) {
        List<PeerKeys> ways = model().federation().keys().of(alert.domain());
        return ways.size() == 2
                && ways.stream()
                        .map(PeerKeys::latest)
                        .allMatch((KnownKey key) -> key != null && key.spki().equals(alert.key()));
    }
}
