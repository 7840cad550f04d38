// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.audit.AuditEvent;
import im.bastion.host.HostException;
import im.bastion.moderation.ModerationServices;
import im.bastion.moderation.archive.Retractions.Actor;
import im.bastion.moderation.desk.Case;
import im.bastion.moderation.desk.Case.State;
import im.bastion.policy.Mode;
import java.util.Optional;
import javax.servlet.http.HttpServletResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.JID;

/** What an admin can do about what happens in rooms, from whichever page. Each change is in the audit log. */
record ModerationAct(ConsoleModel model) {
    private static final Logger LOG = LoggerFactory.getLogger(ModerationAct.class);

    private static final String DROPPED = "Your message was not delivered: a person has looked at it and decided so.";

    Outcome apply(Form form, Submitter by) {
        ModerationServices moderation = model.moderation();
        if (moderation == null) {
            return by.refuse(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "bastion.rules.absent");
        }
        String id = form.text("id");
        try {
            if (form.text("action").equals("impose")) {
                return new Imposition(moderation).apply(form, by);
            }
            boolean done =
                    switch (form.text("action")) {
                        case "lift-shield" -> liftShield(moderation, new JID(id), by.admin());
                        case "drop" -> drop(moderation, form, by.admin());
                        case "uphold" -> moderation.cases().resolve(id, State.UPHELD, by.admin());
                        case "overturn" -> moderation.cases().resolve(id, State.OVERTURNED, by.admin());
                        case "retract" -> retract(moderation, id, by.admin());
                        case "restore" -> restore(moderation, id, by.admin());
                        case "lift" -> moderation.sanctions().lift(id, by.admin());
                        case "refresh" -> refresh(moderation, by.admin());
                        case "block", "allow" -> list(moderation, form, by.admin());
                        case "unlist" -> moderation.lists().removeLocal(id, by.admin());
                        default -> false;
                    };
            return done
                    ? new Outcome.Done(Notice.DONE)
                    : by.refuse(HttpServletResponse.SC_NOT_FOUND, "bastion.desk.gone");
        } catch (IllegalArgumentException e) {
            return by.refuse(HttpServletResponse.SC_BAD_REQUEST, "bastion.refused.field", e.getMessage());
        } catch (HostException e) {
            LOG.warn("{} could not be done", form.text("action"), e);
            return by.refuse(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "bastion.desk.failed");
        }
    }

    private boolean liftShield(ModerationServices moderation, JID room, String admin) {
        boolean lifted = moderation.shields().lift(room);
        if (lifted) {
            audit(admin, "shield-lifted", room.toString());
        }
        return lifted;
    }

    private boolean drop(ModerationServices moderation, Form form, String admin) {
        boolean dropped = moderation.holds().refuse(key(form.text("id")), DROPPED);
        if (dropped) {
            audit(admin, "held-message-dropped", form.text("room"));
        }
        return dropped;
    }

    private boolean retract(ModerationServices moderation, String reference, String admin) {
        Optional<Case> about = moderation
                .cases()
                .find(reference)
                .filter(one -> one.room() != null && !one.stanzaId().isEmpty());
        about.ifPresent(one -> moderation
                .retractions()
                .retract(
                        one.room(),
                        one.stanzaId(),
                        new Actor(null, admin, one.reference()),
                        "",
                        (outcome, made) -> LOG.debug("Retracted for a case: {}", outcome)));
        return about.isPresent();
    }

    private static boolean restore(ModerationServices moderation, String id, String admin) {
        moderation.retractions().undo(id, new Actor(null, admin, ""), (outcome, made) -> {});
        return true;
    }

    private boolean refresh(ModerationServices moderation, String admin) {
        moderation.lists().refresh();
        audit(admin, "lists-asked", "all");
        return true;
    }

    private static boolean list(ModerationServices moderation, Form form, String admin) {
        boolean blocked = form.text("action").equals("block");
        moderation.lists().addLocal(form.text("subject"), blocked, form.text("reason"), admin);
        return true;
    }

    private static long key(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private void audit(String admin, String action, String subject) {
        model.audit()
                .record(new AuditEvent(
                        model.clock().instant(), "console", admin, action, subject, null, 0, Mode.ENFORCE, ""));
    }
}
