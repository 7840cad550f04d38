// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.desk;

import im.bastion.command.CommandException;
import im.bastion.host.Occupant;
import im.bastion.host.Rooms;
import org.xmpp.packet.JID;

/** Finds who is meant. */
final class People {
    private People() {}

    /** The bare JID of the nickname in the room, or of the JID. */
    static JID meant(Rooms rooms, JID room, String written) throws CommandException {
        for (Occupant occupant : rooms.occupants(room)) {
            if (occupant.roomJid().getResource().equalsIgnoreCase(written)) {
                return occupant.realJid().asBareJID();
            }
        }
        if (written.indexOf('@') > 0) {
            try {
                return new JID(written).asBareJID();
            } catch (IllegalArgumentException e) {
                // The same answer as for nobody.
            }
        }
        throw new CommandException(
                "\"person\" must be the nickname of somebody inside, or an account such as name@example.org.");
    }
}
