// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.moderation.ModerationServices;
import im.bastion.moderation.archive.Retractions.Retraction;
import im.bastion.moderation.desk.Case;
import java.time.Instant;
import java.util.List;

/** One case: what happened, what followed, and the decision. */
final class CasePage extends Page {
    private static final long serialVersionUID = 1L;
    private static final int MAX_LOOKED_AT = 1_000;
    private static final int MAX_OTHERS = 10;

    CasePage(ConsoleModel model, Presentation presentation) {
        super("case", "feed", model, presentation);
    }

    @Override
    CaseView view(Frame frame, Form refused) {
        ModerationServices moderation = model().moderation();
        CaseView read = moderation == null ? null : Reading.orNull(() -> view(frame, moderation));
        return read == null ? CaseView.unreadable(frame) : read;
    }

    @Override
    Outcome act(Form form, Submitter by) {
        return new ModerationAct(model()).apply(form, by);
    }

    private CaseView view(Frame frame, ModerationServices moderation) {
        Case one = moderation.cases().find(frame.query().text("reference")).orElse(null);
        if (one == null || one.room() == null) {
            return new CaseView(frame, true, one, List.of(), List.of(), List.of());
        }
        Instant soon = model().clock().instant().plusSeconds(60);
        List<Retraction> retractions = moderation.retractions().latest(one.room(), soon, MAX_LOOKED_AT).stream()
                .filter(retraction -> retraction.reference().equals(one.reference()))
                .limit(Paged.SIZE)
                .toList();
        List<Case> others = one.person() == null
                ? List.of()
                : moderation.cases().latest(one.room(), null, soon, MAX_LOOKED_AT).stream()
                        .filter(other -> one.person().equals(other.person())
                                && !other.reference().equals(one.reference()))
                        .limit(MAX_OTHERS)
                        .toList();
        return new CaseView(
                frame,
                true,
                one,
                moderation.sanctions().inForce(one.room()).stream()
                        .filter(sanction -> sanction.reference().equals(one.reference()))
                        .toList(),
                retractions,
                others);
    }
}
