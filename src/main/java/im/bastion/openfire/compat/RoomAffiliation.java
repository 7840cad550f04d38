// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire.compat;

import im.bastion.host.Affiliation;
import im.bastion.host.Role;
import java.util.Locale;
import org.xmpp.packet.JID;

/**
 * The affiliation of a user with a room.
 *
 * <p>COMPAT(openfire<5.0): the enums are nested in {@code MUCRole}, which is an interface before 4.7 and a class after; from
 * 5.0 on they stand alone and {@code MUCRole} is gone. Their constants have the same names everywhere.
 */
public final class RoomAffiliation {
    private final RoomMember affiliation;

    public RoomAffiliation(Probe probe) {
        Class<?> room = probe.type("org.jivesoftware.openfire.muc.MUCRoom");
        affiliation = new RoomMember(
                "getAffiliation",
                probe.method("muc.affiliation", "moderation", room, "getAffiliation", Probe.takes(JID.class)));
    }

    /** The affiliation, in the room or not. */
    public Affiliation of(Object room, JID bareJid) {
        return affiliation(affiliation.of(room, bareJid));
    }

    static Affiliation affiliation(Object theirs) {
        return Affiliation.valueOf(name(theirs));
    }

    static Role role(Object theirs) {
        return Role.valueOf(name(theirs));
    }

    private static String name(Object theirs) {
        return theirs == null ? "NONE" : ((Enum<?>) theirs).name().toUpperCase(Locale.ROOT);
    }
}
