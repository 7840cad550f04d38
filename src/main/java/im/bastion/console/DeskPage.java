// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.moderation.ModerationServices;
import im.bastion.moderation.desk.Case;
import java.time.Instant;

/** What waits for somebody: shields that are up, messages held back, open cases. */
final class DeskPage extends Page {
    private static final long serialVersionUID = 1L;

    DeskPage(ConsoleModel model, Presentation presentation) {
        super("desk", model, presentation);
    }

    @Override
    DeskView view(Frame frame, Form refused) {
        ModerationServices moderation = model().moderation();
        if (moderation == null) {
            return DeskView.nothing(frame);
        }
        Instant now = model().clock().instant();
        return new DeskView(
                frame,
                moderation.shields().all(),
                Reading.orNull(() -> Slice.of(
                        (before, max) -> moderation.cases().latest(null, Case.State.OPEN, before, max),
                        Case::lastAt,
                        frame.query(),
                        now)),
                moderation.sanctions().inForce(null).size(),
                moderation.holds().size());
    }

    @Override
    Outcome act(Form form, Submitter by) {
        return new ModerationAct(model()).apply(form, by);
    }
}
