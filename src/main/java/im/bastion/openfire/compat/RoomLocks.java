// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire.compat;

import java.util.concurrent.locks.Lock;
import org.jivesoftware.openfire.muc.MultiUserChatService;

/**
 * Changes a room so that no other change gets lost.
 *
 * <p>COMPAT(openfire<4.7): a room is one shared object with locks of its own. From then on it is a value in a cache: who
 * changes it holds the room's lock and puts it back.
 */
public final class RoomLocks {
    /** Changes a room; the room may be null when there is none. */
    @FunctionalInterface
    public interface Change {
        void apply(Object room);
    }

    private final RoomLookup lookup;
    private final RoomMember lock;
    private final RoomMember sync;

    public RoomLocks(Probe probe, RoomLookup lookup) {
        this.lookup = lookup;
        Class<?> service = MultiUserChatService.class;
        lock = new RoomMember("getChatRoomLock", probe.quietly(service, "getChatRoomLock", Probe.takes(String.class)));
        sync = new RoomMember("syncChatRoom", probe.quietly(service, "syncChatRoom", Probe.takesNamed("MUCRoom")));
    }

    /** Applies the change. */
    public void change(MultiUserChatService service, String roomName, Change change) {
        if (!lock.isPresent()) {
            change.apply(lookup.room(service, roomName));
            return;
        }
        Lock held = (Lock) lock.of(service, roomName);
        held.lock();
        try {
            Object room = lookup.room(service, roomName);
            change.apply(room);
            if (room != null) {
                sync.with(service, room);
            }
        } finally {
            held.unlock();
        }
    }
}
