// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire;

import im.bastion.host.HostException;
import im.bastion.host.RoomArchive;
import im.bastion.openfire.compat.RoomHistory;
import im.bastion.openfire.compat.RoomLocks;
import im.bastion.openfire.compat.RoomLogging;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jivesoftware.openfire.muc.MultiUserChatService;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

/** What Openfire remembers of rooms. */
final class OpenfireRoomArchive implements RoomArchive {
    private final RoomServices services;
    private final RoomLocks locks;
    private final RoomHistory history;
    private final RoomLogging logging;
    private final RoomLog log;

    OpenfireRoomArchive(RoomServices services, RoomLocks locks, RoomHistory history, RoomLogging logging, RoomLog log) {
        this.services = services;
        this.locks = locks;
        this.history = history;
        this.logging = logging;
        this.log = log;
    }

    @Override
    public int rewriteLive(JID room, UnaryOperator<Message> operator) {
        AtomicInteger changed = new AtomicInteger();
        with(room, found -> changed.set(history.rewrite(found, operator)));
        return changed.get();
    }

    @Override
    public void appendLive(JID room, Message message, Instant at) {
        message.setFrom(room.asBareJID());
        with(room, found -> history.append(found, room.asBareJID(), message, at));
    }

    @Override
    public List<Logged> logged(JID room, Instant from, Instant to, int max) {
        long[] id = new long[1];
        with(room, found -> id[0] = logging.id(found));
        return log.read(room.asBareJID(), id[0], from, to, max);
    }

    @Override
    public boolean rewrite(Logged row, Message replacement) {
        long[] id = new long[1];
        with(row.room(), found -> id[0] = logging.id(found));
        return log.write(id[0], row, replacement);
    }

    @Override
    public void append(JID room, Message message) {
        message.setFrom(room.asBareJID());
        with(room, found -> logging.log(service(room), found, message, room.asBareJID()));
    }

    private void with(JID room, RoomLocks.Change change) {
        locks.change(service(room), room.getNode(), found -> {
            if (found == null) {
                throw new HostException("There is no room " + room);
            }
            change.apply(found);
        });
    }

    private MultiUserChatService service(JID room) {
        MultiUserChatService service = services.of(room);
        if (service == null || room.getNode() == null) {
            throw new HostException("There is no room " + room);
        }
        return service;
    }
}
