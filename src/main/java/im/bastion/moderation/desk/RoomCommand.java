// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.desk;

import org.xmpp.packet.JID;

/**
 * One thing that can be done in a room by an ad-hoc command (XEP-0050): a form is shown, filled in, and done. Keeps nothing
 * between the two, so there is no session to steal; who asks is looked at each time. May wait for the database.
 */
interface RoomCommand {
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

    /** The node, without what is before it. */
    String node();

    /** What people see in the list of commands. */
    String name();

    Access access();

    /** The form to fill in; null when there is nothing to ask. */
    CommandForm form(Asker asker);

    /**
     * Does it.
     *
     * @return what people are told
     * @throws CommandException when a field is wrong, or it cannot be done
     */
    CommandForm run(Asker asker, Fields fields) throws CommandException;
}
