// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.audit.keylog.KeyLog;
import java.io.IOException;
import java.sql.SQLException;
import javax.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How end-to-end encryption is on this server: the guard, and the key log with its heads. */
final class OmemoPage extends Page {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(OmemoPage.class);

    OmemoPage(ConsoleModel model, Presentation presentation) {
        super("omemo", model, presentation);
    }

    @Override
    OmemoView view(Frame frame, Form refused) {
        KeyLog log = model().keyLog();
        return new OmemoView(
                frame, GuardCard.of(model().guard("omemo"), model(), frame.texts()), log == null ? null : log.status());
    }

    @Override
    Outcome act(Form form, Submitter by) {
        if (form.text("action").equals(ModeChange.ACTION)) {
            return new ModeChange(model()).apply(form, by);
        }
        KeyLog log = model().keyLog();
        if (log == null) {
            return by.refuse(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "bastion.omemo.absent");
        }
        try {
            switch (form.text("action")) {
                case "rotate" -> log.rotateKey(by.admin());
                case "confirm" -> {
                    if (!log.confirmRestore(by.admin())) {
                        return new Outcome.Done(Notice.UNCHANGED);
                    }
                }
                default -> {
                    return by.refuse(HttpServletResponse.SC_BAD_REQUEST, "bastion.omemo.unknown");
                }
            }
            return new Outcome.Done(Notice.DONE);
        } catch (SQLException | IOException e) {
            LOG.warn("{} of the key log could not be done", form.text("action"), e);
            return by.refuse(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "bastion.omemo.failed", e.getMessage());
        }
    }
}
