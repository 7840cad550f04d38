// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.moderation.ModerationServices;
import im.bastion.moderation.archive.Retractions.Retraction;
import java.time.Instant;
import org.xmpp.packet.JID;

/** What was taken back in rooms, and the way to give it back. */
final class RetractionsPage extends Page {
    private static final long serialVersionUID = 1L;

    RetractionsPage(ConsoleModel model, Presentation presentation) {
        super("retractions", model, presentation);
    }

    @Override
    RetractionsView view(Frame frame, Form refused) {
        ModerationServices moderation = model().moderation();
        return new RetractionsView(
                frame, moderation == null ? null : Reading.orNull(() -> retractions(moderation, frame.query())));
    }

    @Override
    Outcome act(Form form, Submitter by) {
        return new ModerationAct(model()).apply(form, by);
    }

    private Slice<Retraction> retractions(ModerationServices moderation, Query query) {
        JID room = FeedPage.jid(query.text("room"));
        String person = query.text("person");
        Instant now = model().clock().instant();
        return Slice.of(
                (before, max) -> moderation.retractions().latest(room, before, max),
                Retraction::retractedAt,
                one -> person.isEmpty()
                        || one.nickname().contains(person)
                        || String.valueOf(one.author()).contains(person),
                query,
                now);
    }
}
