// SPDX-License-Identifier: Apache-2.0
package im.bastion.host.memory;

import im.bastion.host.Affiliation;
import im.bastion.host.HostException;
import im.bastion.host.Occupant;
import im.bastion.host.RoomActions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

/** Acts on {@link MemoryRooms}, and keeps what was broadcast. */
public final class MemoryRoomActions implements RoomActions {
    private final MemoryRooms rooms;
    private final List<Message> broadcast = new CopyOnWriteArrayList<>();
    private final List<String> done = new CopyOnWriteArrayList<>();

    MemoryRoomActions(MemoryRooms rooms) {
        this.rooms = rooms;
    }

    @Override
    public void kick(JID room, JID fullJid, String reason) {
        require(room);
        if (!rooms.occupants(room, fullJid).isEmpty()) {
            rooms.leave(room, fullJid);
            done.add("kick " + room + " " + fullJid + ": " + reason);
        }
    }

    @Override
    public void ban(JID room, JID bareJid, String reason) {
        require(room);
        if (rooms.affiliation(room, bareJid) == Affiliation.OWNER
                && rooms.affiliated(room, Affiliation.OWNER).size() == 1) {
            throw new HostException("The last owner cannot be banned");
        }
        rooms.affiliate(room, bareJid, Affiliation.OUTCAST);
        for (Occupant occupant : rooms.occupants(room)) {
            if (occupant.realJid().asBareJID().equals(bareJid.asBareJID())) {
                rooms.leave(room, occupant.realJid());
            }
        }
        done.add("ban " + room + " " + bareJid + ": " + reason);
    }

    @Override
    public void clearAffiliation(JID room, JID bareJid) {
        require(room);
        rooms.affiliate(room, bareJid, Affiliation.NONE);
        done.add("clear " + room + " " + bareJid);
    }

    @Override
    public void broadcast(JID room, Message message) {
        require(room);
        message.setFrom(room.asBareJID());
        broadcast.add(message);
    }

    /** What was broadcast, in order. */
    public List<Message> broadcast() {
        return List.copyOf(broadcast);
    }

    /** What was done beside broadcasting, in order, one line each. */
    public List<String> done() {
        return List.copyOf(done);
    }

    private void require(JID room) {
        if (!rooms.exists(room)) {
            throw new HostException("There is no room " + room);
        }
    }
}
