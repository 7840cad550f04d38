// SPDX-License-Identifier: Apache-2.0
package im.bastion.gate;

import im.bastion.host.Point;
import im.bastion.host.ServerSession;
import org.xmpp.packet.JID;
import org.xmpp.packet.Packet;

/**
 * One stanza at one point, as the guards see it. Lives for the length of one look: copy what is needed later.
 *
 * @param stanza may be changed in place at {@link Point#ENTERING}, {@link Point#DELIVERING} and {@link Point#LEAVING}
 * @param from the sender's real address; null when the stanza has none
 * @param to null when the stanza has none
 * @param client the full JID of the local client session, or null
 * @param peer the server-to-server session at {@link Point#LEAVING}, else null
 * @param classes bits of {@link Interest}
 */
public record Passage(Point point, Packet stanza, JID from, JID to, JID client, ServerSession peer, int classes) {
    /** Who sent it, as far as the stanza or the client's session tells; or null. */
    public JID sender() {
        return from != null ? from : client;
    }

    /** Whether the stanza is of that class. */
    public boolean is(int interest) {
        return (classes & interest) != 0;
    }
}
