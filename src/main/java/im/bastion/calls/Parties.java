// SPDX-License-Identifier: Apache-2.0
package im.bastion.calls;

import im.bastion.host.Rooms;
import im.bastion.host.ServerSessions;
import im.bastion.host.Users;
import org.xmpp.packet.JID;

/** Who the ends of a call are. */
record Parties(String domain, Users users, Rooms rooms, ServerSessions sessions) {
    /** Whether the JID is a connected device of an account of this server. */
    boolean isDevice(JID jid) {
        return jid.getResource() != null && isHere(jid) && users.isConnected(jid);
    }

    /** Whether the JID is of an account of this server. */
    boolean isHere(JID jid) {
        return jid.getNode() != null && jid.getDomain().equals(domain);
    }

    /** Whether the JID is an occupant of a room here, behind whom somebody is (Muji, XEP-0272). */
    boolean isInRoom(JID jid) {
        return rooms.serviceDomains().contains(jid.getDomain());
    }

    /** Whether the JID is a person's: not a room's occupant, a gateway's contact or a service. */
    boolean isPerson(JID jid) {
        return jid.getNode() != null
                && !isInRoom(jid)
                && (jid.getDomain().equals(domain) || !sessions.isLocal(jid.getDomain()));
    }
}
