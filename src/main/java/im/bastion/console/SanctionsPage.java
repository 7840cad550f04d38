// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.moderation.ModerationServices;
import im.bastion.moderation.sanction.Sanction;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** What holds against people in rooms, what held before, and imposing it. */
final class SanctionsPage extends Page {
    private static final long serialVersionUID = 1L;

    SanctionsPage(ConsoleModel model, Presentation presentation) {
        super("sanctions", model, presentation);
    }

    @Override
    SanctionsView view(Frame frame, Form refused) {
        ModerationServices moderation = model().moderation();
        boolean history = frame.query().text("show").equals("all");
        SanctionDraft draft = refused == null ? SanctionDraft.of(frame.query()) : SanctionDraft.of(refused);
        if (moderation == null) {
            return new SanctionsView(frame, draft, history, Paged.of(List.of(), frame.query()), null);
        }
        Predicate<Sanction> fits = fits(frame.query());
        Instant now = model().clock().instant();
        return history
                ? new SanctionsView(
                        frame,
                        draft,
                        true,
                        null,
                        Reading.orNull(() -> Slice.of(
                                (before, max) -> moderation.sanctions().latest(null, before, max),
                                Sanction::at,
                                fits,
                                frame.query(),
                                now)))
                : new SanctionsView(
                        frame,
                        draft,
                        false,
                        Paged.of(
                                moderation.sanctions().inForce(null).stream()
                                        .filter(fits)
                                        .toList(),
                                frame.query()),
                        null);
    }

    @Override
    Outcome act(Form form, Submitter by) {
        return new ModerationAct(model()).apply(form, by);
    }

    private static Predicate<Sanction> fits(Query query) {
        String words = query.text("q").toLowerCase(Locale.ROOT);
        String kind = query.text("kind");
        return sanction -> (words.isEmpty()
                        || sanction.person().toString().contains(words)
                        || sanction.room().toString().contains(words)
                        || sanction.reference().toLowerCase(Locale.ROOT).contains(words))
                && (kind.isEmpty() || Query.word(sanction.kind()).equals(kind));
    }
}
