// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.console.RoomBoard.Only;
import im.bastion.console.RoomBoard.Order;
import java.util.Arrays;
import java.util.List;

/**
 * All rooms.
 *
 * @param rooms null when they cannot be read now
 */
public record RoomsView(Frame frame, Paged<RoomLine> rooms, Order order, Only only) {
    /** The ways to order, as words. */
    public List<String> orders() {
        return Arrays.stream(Order.values()).map(Query::word).toList();
    }

    /** The ways to choose, as words. */
    public List<String> choices() {
        return Arrays.stream(Only.values()).map(Query::word).toList();
    }

    public String orderWord() {
        return Query.word(order);
    }

    public String onlyWord() {
        return Query.word(only);
    }
}
