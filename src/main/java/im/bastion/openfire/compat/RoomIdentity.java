// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire.compat;

import org.xmpp.packet.JID;

/**
 * The ids that the host itself gives in rooms.
 *
 * <p>COMPAT(openfire<4.4): messages have no stanza-id.
 *
 * <p>COMPAT(openfire<5.0): nobody has an occupant-id.
 */
public final class RoomIdentity {
    private final boolean stanzaIds;
    private final RoomMember occupantId;

    public RoomIdentity(Probe probe) {
        stanzaIds = probe.type("org.jivesoftware.openfire.stanzaid.StanzaIDUtil") != null;
        Class<?> room = probe.type("org.jivesoftware.openfire.muc.MUCRoom");
        occupantId =
                new RoomMember("generateOccupantId", probe.quietly(room, "generateOccupantId", Probe.takes(JID.class)));
        probe.present("muc.stanza-ids", "moderation", stanzaIds ? "the host's" : "Bastion's");
        probe.present("muc.occupant-ids", "moderation", occupantId.isPresent() ? "the host's" : "Bastion's");
    }

    /** Whether each message of a room gets a stanza-id. */
    public boolean givesStanzaIds() {
        return stanzaIds;
    }

    /** The person's id in the room, or null. */
    public String occupantId(Object room, JID bareJid) {
        return occupantId.isPresent() ? (String) occupantId.of(room, bareJid) : null;
    }
}
