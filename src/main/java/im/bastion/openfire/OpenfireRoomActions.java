// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire;

import im.bastion.host.Affiliation;
import im.bastion.host.HostException;
import im.bastion.host.Occupant;
import im.bastion.host.RoomActions;
import im.bastion.host.Rooms;
import im.bastion.host.Stanzas;
import im.bastion.openfire.compat.RoomLocks;
import im.bastion.openfire.compat.RoomPowers;
import java.util.List;
import org.jivesoftware.openfire.muc.MultiUserChatService;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

/** Acting in Openfire's rooms. */
final class OpenfireRoomActions implements RoomActions {
    private final RoomServices services;
    private final Rooms rooms;
    private final RoomLocks locks;
    private final RoomPowers powers;
    private final Stanzas stanzas;

    OpenfireRoomActions(RoomServices services, Rooms rooms, RoomLocks locks, RoomPowers powers, Stanzas stanzas) {
        this.services = services;
        this.rooms = rooms;
        this.locks = locks;
        this.powers = powers;
        this.stanzas = stanzas;
    }

    @Override
    public void kick(JID room, JID fullJid, String reason) {
        change(room, found -> {
            if (!rooms.occupants(room, fullJid).isEmpty()) {
                powers.kick(found, fullJid, reason);
            }
        });
    }

    @Override
    public void ban(JID room, JID bareJid, String reason) {
        change(room, found -> {
            List<JID> owners = rooms.affiliated(room, Affiliation.OWNER);
            if (owners.size() == 1 && owners.contains(bareJid.asBareJID())) {
                throw new HostException("The last owner of a room cannot be banned");
            }
            powers.ban(found, bareJid.asBareJID(), reason);
        });
    }

    @Override
    public void clearAffiliation(JID room, JID bareJid) {
        change(room, found -> powers.clear(found, bareJid.asBareJID()));
    }

    /** To each by itself, past the room: the host would archive it in one version and lose it in another. */
    @Override
    public void broadcast(JID room, Message message) {
        for (Occupant occupant : rooms.occupants(room)) {
            Message copy = message.createCopy();
            copy.setFrom(room.asBareJID());
            copy.setTo(occupant.realJid());
            stanzas.send(copy);
        }
    }

    private void change(JID room, RoomLocks.Change change) {
        MultiUserChatService service = services.of(room);
        if (service == null || room.getNode() == null) {
            throw new HostException("There is no room " + room);
        }
        locks.change(service, room.getNode(), found -> {
            if (found == null) {
                throw new HostException("There is no room " + room);
            }
            change.apply(found);
        });
    }
}
