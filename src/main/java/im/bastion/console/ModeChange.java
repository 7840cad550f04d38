// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.audit.AuditEvent;
import im.bastion.policy.Mode;
import java.util.Locale;
import javax.servlet.http.HttpServletResponse;

/** Sets a guard's mode, unless somebody else has set it since the form was shown. */
record ModeChange(ConsoleModel model) {
    static final String ACTION = "mode";

    Outcome apply(Form form, Submitter by) {
        GuardView guard = model.guard(form.text("guard"));
        Mode wanted = form.mode("mode");
        if (guard == null || wanted == null) {
            return by.refuse(HttpServletResponse.SC_BAD_REQUEST, "bastion.refused.mode");
        }
        Mode before = model.settings().get(guard.mode());
        if (before != form.mode("was")) {
            return by.refuse(
                    HttpServletResponse.SC_CONFLICT,
                    "bastion.refused.mode-moved",
                    by.texts().text("bastion.mode." + word(before)));
        }
        if (before == wanted) {
            return new Outcome.Done(Notice.UNCHANGED);
        }
        model.settings().set(guard.mode(), wanted);
        report(guard, before, wanted, by.admin());
        return new Outcome.Done(Notice.MODE_CHANGED);
    }

    private void report(GuardView guard, Mode before, Mode now, String admin) {
        String change = word(before) + " -> " + word(now);
        model.audit()
                .record(new AuditEvent(
                        model.clock().instant(),
                        "console",
                        admin,
                        "mode-changed",
                        guard.name(),
                        null,
                        0,
                        Mode.ENFORCE,
                        change));
        model.host()
                .adminConsole()
                .log(admin, "Bastion: mode of " + guard.name(), guard.mode().key() + ": " + change);
    }

    private static String word(Mode mode) {
        return mode.name().toLowerCase(Locale.ROOT);
    }
}
