// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.moderation.ModerationServices;
import im.bastion.moderation.sanction.Sanction;
import im.bastion.moderation.sanction.Sanctions;
import im.bastion.moderation.sanction.Sanctions.Refused;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.servlet.http.HttpServletResponse;
import org.xmpp.packet.JID;

/** Imposes what an admin wants on somebody in a room, and waits until that is done. */
record Imposition(ModerationServices moderation) {
    private static final int MAX_REASON = 300;
    private static final int MAX_MINUTES = 366 * 24 * 60;
    private static final long PATIENCE_SECONDS = 10;

    Outcome apply(Form form, Submitter by) {
        Sanctions.Wish wish = wish(form, by.admin());
        CompletableFuture<Refused> told = new CompletableFuture<>();
        moderation.sanctions().impose(wish, (imposed, refused) -> told.complete(refused));
        try {
            Refused refused = told.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            return refused == null
                    ? new Outcome.Done(Notice.DONE)
                    : by.refuse(HttpServletResponse.SC_CONFLICT, "bastion.sanctions.refused." + Query.word(refused));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Outcome.Done(Notice.DONE);
        } catch (TimeoutException | ExecutionException e) {
            return by.refuse(HttpServletResponse.SC_SERVICE_UNAVAILABLE, "bastion.sanctions.refused.failed");
        }
    }

    private static Sanctions.Wish wish(Form form, String admin) {
        JID room = jid(form, "room", "a room such as den@conference.example.org");
        JID person = jid(form, "person", "an account such as name@example.org");
        String reason = form.text("reason");
        if (reason.isEmpty() || reason.length() > MAX_REASON) {
            throw new IllegalArgumentException("\"reason\" must have 1 to " + MAX_REASON + " characters");
        }
        Sanction.Kind kind = kind(form.text("kind"));
        int minutes = form.text("minutes").isEmpty() ? 0 : form.number("minutes");
        if (minutes < 0 || minutes > MAX_MINUTES) {
            throw new IllegalArgumentException(
                    "\"minutes\" must be whole minutes of 0 to " + MAX_MINUTES + "; 0 is without end");
        }
        Duration length = minutes == 0 ? null : Duration.ofMinutes(minutes);
        return new Sanctions.Wish(kind, room, person, length, null, "", reason, admin);
    }

    private static Sanction.Kind kind(String word) {
        for (Sanction.Kind kind : Sanction.Kind.values()) {
            if (Query.word(kind).equals(word)) {
                return kind;
            }
        }
        throw new IllegalArgumentException("\"kind\" must be warn, mute, kick or ban");
    }

    private static JID jid(Form form, String field, String allowed) {
        try {
            JID jid = new JID(form.text(field));
            if (jid.getNode() != null) {
                return jid.asBareJID();
            }
        } catch (IllegalArgumentException e) {
            // The same answer as for a domain.
        }
        throw new IllegalArgumentException("\"" + field + "\" must be " + allowed);
    }
}
