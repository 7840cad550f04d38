// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.moderation.ModerationServices;
import im.bastion.moderation.reputation.BlockLists.LocalEntry;
import java.util.List;
import java.util.Locale;

/** The block lists of others that are followed, and our own. */
final class ListsPage extends Page {
    private static final long serialVersionUID = 1L;

    ListsPage(ConsoleModel model, Presentation presentation) {
        super("lists", model, presentation);
    }

    @Override
    ListsView view(Frame frame, Form refused) {
        ModerationServices moderation = model().moderation();
        String subject = refused == null ? "" : refused.text("subject");
        String reason = refused == null ? "" : refused.text("reason");
        if (moderation == null) {
            return new ListsView(frame, List.of(), Paged.of(List.of(), frame.query()), subject, reason);
        }
        String words = frame.query().text("q").toLowerCase(Locale.ROOT);
        List<LocalEntry> own = moderation.lists().localEntries().stream()
                .filter(entry -> entry.subject().contains(words)
                        || entry.reason().toLowerCase(Locale.ROOT).contains(words))
                .toList();
        return new ListsView(frame, moderation.lists().sources(), Paged.of(own, frame.query()), subject, reason);
    }

    @Override
    Outcome act(Form form, Submitter by) {
        return new ModerationAct(model()).apply(form, by);
    }
}
