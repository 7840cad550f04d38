// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.host.HostException;
import im.bastion.moderation.ModerationServices;
import im.bastion.moderation.archive.Retractions.Actor;
import im.bastion.moderation.desk.Case.State;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import javax.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.JID;

/** What happens in the rooms: shields, cases, sanctions, retractions, lists; and what an admin can do about each. */
final class DeskPage extends Page {
    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(DeskPage.class);
    private static final int SHOWN = 50;

    DeskPage(ConsoleModel model, Presentation presentation) {
        super("desk", model, presentation);
    }

    @Override
    DeskView view(Frame frame, Form refused) {
        ModerationServices moderation = model().moderation();
        if (moderation == null) {
            return DeskView.nothing(frame);
        }
        Instant soon = model().clock().instant().plusSeconds(60);
        return new DeskView(
                frame,
                moderation.shields().all(),
                orNone(() -> moderation.cases().latest(null, State.OPEN, soon, SHOWN)),
                orNone(() -> moderation.cases().latest(null, null, soon, SHOWN)),
                moderation.sanctions().inForce(null).stream().limit(SHOWN).toList(),
                orNone(() -> moderation.retractions().latest(null, soon, SHOWN)),
                moderation.lists().sources(),
                orNone(() -> moderation.lists().localEntries()),
                moderation.holds().size());
    }

    @Override
    Outcome act(Form form, Submitter by) {
        ModerationServices moderation = model().moderation();
        if (moderation == null) {
            return by.refuse(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "bastion.rules.absent");
        }
        String admin = by.admin();
        try {
            boolean done =
                    switch (form.text("action")) {
                        case "lift-shield" -> moderation.shields().lift(new JID(form.text("id")));
                        case "uphold" -> moderation.cases().resolve(form.text("id"), State.UPHELD, admin);
                        case "overturn" -> moderation.cases().resolve(form.text("id"), State.OVERTURNED, admin);
                        case "lift" -> moderation.sanctions().lift(form.text("id"), admin);
                        case "restore" -> restored(moderation, form.text("id"), admin);
                        case "refresh" -> refreshed(moderation);
                        case "block", "allow" -> listed(moderation, form, admin);
                        case "unlist" -> moderation.lists().removeLocal(form.text("id"), admin);
                        default -> false;
                    };
            return done
                    ? new Outcome.Done(Notice.DONE)
                    : by.refuse(HttpServletResponse.SC_NOT_FOUND, "bastion.desk.gone");
        } catch (IllegalArgumentException e) {
            return by.refuse(HttpServletResponse.SC_BAD_REQUEST, "bastion.refused.rule", e.getMessage());
        } catch (HostException e) {
            LOG.warn("{} could not be done", form.text("action"), e);
            return by.refuse(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "bastion.desk.failed");
        }
    }

    private static boolean restored(ModerationServices moderation, String id, String admin) {
        moderation.retractions().undo(id, new Actor(null, admin, ""), (outcome, made) -> {});
        return true;
    }

    private static boolean refreshed(ModerationServices moderation) {
        moderation.lists().refresh();
        return true;
    }

    private static boolean listed(ModerationServices moderation, Form form, String admin) {
        boolean blocked = form.text("action").equals("block");
        moderation.lists().addLocal(form.text("subject"), blocked, form.text("reason"), admin);
        return true;
    }

    /** Null when the database is away: the page says so. */
    private static <T> List<T> orNone(Supplier<List<T>> read) {
        try {
            return read.get();
        } catch (HostException e) {
            LOG.warn("The desk cannot read what it shows: {}", e.getMessage());
            return null;
        }
    }
}
