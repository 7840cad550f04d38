// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire;

import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jivesoftware.openfire.muc.MultiUserChatManager;
import org.jivesoftware.openfire.muc.MultiUserChatService;
import org.xmpp.packet.JID;

/**
 * The group chat services by domain, as they were at most a second ago: Openfire tells nobody when one is added or removed,
 * and asking costs a sorted copy each time. Lock-free.
 */
final class RoomServices {
    private static final long MAX_AGE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private record Snapshot(Map<String, MultiUserChatService> byDomain, Set<String> domains, long takenAt) {}

    private final MultiUserChatManager manager;
    private volatile Snapshot snapshot = new Snapshot(Map.of(), Set.of(), System.nanoTime() - 2 * MAX_AGE_NANOS);

    RoomServices(MultiUserChatManager manager) {
        this.manager = manager;
    }

    /** The domains; the same object until one is added or removed. */
    Set<String> domains() {
        return current().domains();
    }

    Collection<MultiUserChatService> all() {
        return current().byDomain().values();
    }

    /** The service the JID is of, or null. */
    MultiUserChatService of(JID room) {
        return current().byDomain().get(room.getDomain());
    }

    private Snapshot current() {
        Snapshot known = snapshot;
        long now = System.nanoTime();
        if (now - known.takenAt() < MAX_AGE_NANOS) {
            return known;
        }
        Snapshot fresh = take(known, now);
        snapshot = fresh;
        return fresh;
    }

    private Snapshot take(Snapshot known, long now) {
        Map<String, MultiUserChatService> byDomain = new HashMap<>();
        for (MultiUserChatService service : manager.getMultiUserChatServices()) {
            byDomain.put(service.getServiceDomain().toLowerCase(Locale.ROOT), service);
        }
        Set<String> domains =
                known.domains().equals(byDomain.keySet()) ? known.domains() : Set.copyOf(byDomain.keySet());
        return new Snapshot(Map.copyOf(byDomain), domains, now);
    }
}
