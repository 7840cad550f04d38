// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.console.RoomBoard.Only;
import im.bastion.console.RoomBoard.Order;

/** All rooms with their state. */
final class RoomsPage extends Page {
    private static final long serialVersionUID = 1L;

    RoomsPage(ConsoleModel model, Presentation presentation) {
        super("rooms", model, presentation);
    }

    @Override
    RoomsView view(Frame frame, Form refused) {
        Query query = frame.query();
        Order order = query.oneOf("sort", Order.NAME);
        Only only = query.oneOf("only", Only.ALL);
        if (model().moderation() == null) {
            return new RoomsView(frame, null, order, only);
        }
        RoomBoard board = new RoomBoard(
                model().host().rooms(), model().moderation(), model().clock().instant());
        return new RoomsView(frame, Reading.orNull(() -> board.page(query)), order, only);
    }

    @Override
    Outcome act(Form form, Submitter by) {
        return new ModerationAct(model()).apply(form, by);
    }
}
