// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.audit.keylog.KeyLog;
import im.bastion.omemo.OmemoServices;
import im.bastion.omemo.SweepProgress;
import im.bastion.omemo.SweptNode;
import im.bastion.omemo.census.Readiness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.List;
import javax.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How end-to-end encryption is on this server: the guard, and the key log with its heads. */
final class OmemoPage extends Page {
    private static final long serialVersionUID = 1L;
    private static final int DAYS = 90;
    private static final Logger LOG = LoggerFactory.getLogger(OmemoPage.class);

    OmemoPage(ConsoleModel model, Presentation presentation) {
        super("omemo", model, presentation);
    }

    @Override
    OmemoView view(Frame frame, Form refused) {
        return view(frame, 0);
    }

    @Override
    OmemoView view(Frame frame, Form refused, Form address) {
        return view(frame, Math.max(0, address.number("page")));
    }

    private OmemoView view(Frame frame, int page) {
        KeyLog log = model().keyLog();
        OmemoServices omemo = model().omemo();
        SweepProgress sweep = omemo == null ? null : omemo.sweep().progress();
        return new OmemoView(
                frame,
                GuardCard.of(model().guard("omemo"), model(), frame.texts()),
                omemo == null ? List.of() : readiness(omemo),
                sweep,
                sweep == null || sweep.pages() == 0 ? List.of() : swept(omemo, sweep, page),
                page,
                log == null ? null : log.status());
    }

    private static List<Readiness> readiness(OmemoServices omemo) {
        try {
            return omemo.census().latest(DAYS);
        } catch (SQLException e) {
            LOG.warn("Who was ready for encryption cannot be read: {}", e.getMessage());
            return null;
        }
    }

    private static List<SweptNode> swept(OmemoServices omemo, SweepProgress sweep, int page) {
        try {
            return omemo.sweep().results(sweep.id(), page);
        } catch (UncheckedIOException e) {
            LOG.warn("What was swept cannot be read: {}", e.getMessage());
            return null;
        }
    }

    @Override
    Outcome act(Form form, Submitter by) {
        if (form.text("action").equals(ModeChange.ACTION)) {
            return new ModeChange(model()).apply(form, by);
        }
        KeyLog log = model().keyLog();
        OmemoServices omemo = model().omemo();
        if (log == null || omemo == null) {
            return by.refuse(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "bastion.omemo.absent");
        }
        try {
            switch (form.text("action")) {
                case "sweep-dry", "sweep" -> {
                    if (!omemo.sweep().start(form.text("action").equals("sweep-dry"), by.admin())) {
                        return new Outcome.Done(Notice.UNCHANGED);
                    }
                }
                case "sweep-cancel" -> omemo.sweep().cancel(by.admin());
                case "count" -> omemo.census().count();
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
        } catch (SQLException | IOException | UncheckedIOException e) {
            LOG.warn("{} could not be done", form.text("action"), e);
            return by.refuse(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "bastion.omemo.failed", e.getMessage());
        }
    }
}
