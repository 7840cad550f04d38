// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire.compat;

import im.bastion.host.Occupant;
import java.util.Collection;
import java.util.List;
import org.xmpp.packet.JID;

/**
 * Who is in a room.
 *
 * <p>COMPAT(openfire<5.0): an occupant is a {@code MUCRole} with {@code getRoleAddress}; from 5.0 on a {@code MUCOccupant} with
 * {@code getOccupantJID}.
 */
public final class RoomOccupants {
    private final RoomMember byFullJid;
    private final RoomMember all;
    private final RoomMember realJid;
    private final RoomMember roomJid;
    private final RoomMember role;
    private final RoomMember affiliation;

    public RoomOccupants(Probe probe) {
        Class<?> room = probe.type("org.jivesoftware.openfire.muc.MUCRoom");
        Class<?> newer = probe.type("org.jivesoftware.openfire.muc.MUCOccupant");
        Class<?> occupant = newer != null ? newer : probe.type("org.jivesoftware.openfire.muc.MUCRole");
        String address = newer != null ? "getOccupantJID" : "getRoleAddress";
        byFullJid = new RoomMember(
                "getOccupantByFullJID",
                probe.method("muc.occupant", "moderation", room, "getOccupantByFullJID", Probe.takes(JID.class)));
        all = new RoomMember(
                "getOccupants", probe.method("muc.occupants", "moderation", room, "getOccupants", Probe.takes()));
        roomJid = new RoomMember(
                address, probe.method("muc.occupant-address", "moderation", occupant, address, Probe.takes()));
        realJid = new RoomMember("getUserAddress", probe.quietly(occupant, "getUserAddress", Probe.takes()));
        role = new RoomMember("getRole", probe.quietly(occupant, "getRole", Probe.takes()));
        affiliation = new RoomMember("getAffiliation", probe.quietly(occupant, "getAffiliation", Probe.takes()));
    }

    /** The occupancies of that full JID. Openfire keeps one for each full JID and room. */
    public List<Occupant> of(Object room, JID fullJid) {
        Object found = byFullJid.of(room, fullJid);
        return found == null ? List.of() : List.of(occupant(found));
    }

    /** Everybody inside. */
    public List<Occupant> all(Object room) {
        return ((Collection<?>) all.of(room)).stream().map(this::occupant).toList();
    }

    private Occupant occupant(Object found) {
        return new Occupant(
                (JID) realJid.of(found),
                (JID) roomJid.of(found),
                RoomAffiliation.role(role.of(found)),
                RoomAffiliation.affiliation(affiliation.of(found)));
    }
}
