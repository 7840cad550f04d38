// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.desk;

import im.bastion.command.Command;
import org.xmpp.packet.JID;

/** One thing that can be done in a room. */
interface RoomCommand extends Command<RoomCommand.Asker> {
    /** Who may. */
    enum Access {
        /** Everybody, inside or not. */
        ANYBODY,
        /** Moderators, admins and owners of the room, administrators of the server. */
        MODERATORS,
        /** Owners of the room, administrators of the server. */
        OWNERS
    }

    /**
     * Who asks, and where.
     *
     * @param sender the full JID
     * @param room the bare JID
     */
    record Asker(JID sender, JID room) {}

    Access access();
}
