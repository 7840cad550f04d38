// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.event;

import java.util.List;
import org.xmpp.packet.JID;

/**
 * Something somebody does in a room, read once from its stanza for all rules.
 *
 * @param room the room's bare JID
 * @param sender the full JID behind the nickname
 * @param texts what others would read, in the order of the stanza, within the limits of {@link RoomEvents}
 * @param cutOff whether there was more text than the limits let through
 */
public record RoomEvent(JID room, JID sender, Kind kind, List<RoomText> texts, boolean cutOff) {
    /** The kinds of events. */
    public enum Kind {
        /** To everybody in the room (XEP-0045 §7.4). */
        MESSAGE,
        /** To one occupant (XEP-0045 §7.5). */
        PRIVATE_MESSAGE
    }
}
