// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire;

import im.bastion.host.Affiliation;
import im.bastion.host.Occupant;
import im.bastion.host.Rooms;
import im.bastion.openfire.compat.Probe;
import java.util.List;
import java.util.Set;
import org.jivesoftware.openfire.XMPPServer;
import org.xmpp.packet.JID;

/** Openfire's group chat services; not bound yet. */
final class OpenfireRooms implements Rooms {
    OpenfireRooms(XMPPServer server, Probe probe) {}

    @Override
    public Set<String> serviceDomains() {
        return Set.of();
    }

    @Override
    public boolean exists(JID room) {
        return false;
    }

    @Override
    public Affiliation affiliation(JID room, JID user) {
        return Affiliation.NONE;
    }

    @Override
    public List<Occupant> occupants(JID room, JID fullJid) {
        return List.of();
    }

    @Override
    public List<JID> all() {
        return List.of();
    }
}
