// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.event;

import im.bastion.host.Affiliation;
import im.bastion.host.Occupant;
import im.bastion.host.Rooms;
import java.util.List;
import org.xmpp.packet.JID;

/** Who is behind an event. Asks the server only when somebody wants to know; of one thread, for one event. */
public final class Sender {
    private final Rooms rooms;
    private final RoomEvent event;
    private Affiliation affiliation;

    public Sender(Rooms rooms, RoomEvent event) {
        this.rooms = rooms;
        this.event = event;
    }

    /** The full JID. */
    public JID realJid() {
        return event.sender();
    }

    /** The affiliation with the event's room. */
    public Affiliation affiliation() {
        if (affiliation == null) {
            affiliation = rooms.affiliation(event.room(), event.sender());
        }
        return affiliation;
    }

    /** The nickname in the event's room; empty when not inside. */
    public String nickname() {
        List<Occupant> occupancies = rooms.occupants(event.room(), event.sender());
        return occupancies.isEmpty() ? "" : occupancies.get(0).roomJid().getResource();
    }
}
