// SPDX-License-Identifier: Apache-2.0
package im.bastion.host;

import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

/**
 * What can be done in rooms, with the authority of the room itself. May wait for a lock of the room or for the database:
 * not for the stanza path. Throws {@link HostException} when the host refuses or there is no such room; nothing has
 * changed then.
 */
public interface RoomActions {
    /** Puts an occupant out of the room (XEP-0045 §8.2, status 307). Does nothing when the full JID is not inside. */
    void kick(JID room, JID fullJid, String reason);

    /** Bans an account (XEP-0045 §9.1, status 301); whoever of it is inside leaves. */
    void ban(JID room, JID bareJid, String reason);

    /** Takes an account's affiliation away: the end of a ban, or of a membership. */
    void clearAffiliation(JID room, JID bareJid);

    /** Sends the message from the room to everybody inside; {@code from} and {@code to} are set here. Not archived. */
    void broadcast(JID room, Message message);
}
