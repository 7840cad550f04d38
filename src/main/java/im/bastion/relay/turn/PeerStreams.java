// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import im.bastion.relay.stun.AttributeType;
import im.bastion.relay.stun.StunAttribute;
import im.bastion.relay.stun.UnsignedAttribute;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Connections with peers that wait for their client to bind a connection of its own to them, 30 seconds at most (RFC 6062
 * §5.2, §5.3). Confined to its server's thread.
 */
final class PeerStreams {
    static final long UNBOUND_SECONDS = 30;
    /** Connections one allocation may have at a time. */
    static final int MAX_PER_ALLOCATION = 16;

    private record Unbound(Allocation allocation, PeerStream stream, long deadlineNanos) {}

    private final RandomGenerator random;
    private final Map<Long, Unbound> byId = new HashMap<>();

    /** @param random must not be predictable */
    PeerStreams(RandomGenerator random) {
        this.random = random;
    }

    /** Keeps the stream and gives the CONNECTION-ID that fetches it. */
    StunAttribute keep(Allocation allocation, PeerStream stream, Moment now) {
        long id = random.nextInt() & 0xFFFF_FFFFL;
        while (byId.containsKey(id)) {
            id = random.nextInt() & 0xFFFF_FFFFL;
        }
        byId.put(id, new Unbound(allocation, stream, now.nanosIn(UNBOUND_SECONDS)));
        return UnsignedAttribute.of(AttributeType.CONNECTION_ID, id);
    }

    /** The user's stream of that id, from here on the caller's, or null. */
    PeerStream take(long id, AuthenticatedUser user, Moment now) {
        Unbound unbound = byId.get(id);
        if (unbound == null
                || !now.isBefore(unbound.deadlineNanos())
                || !unbound.allocation().isAlive(now)
                || !unbound.allocation().owner().name().equals(user.name())) {
            return null;
        }
        byId.remove(id);
        return unbound.stream();
    }

    /** Ends what nobody fetched in time, and what belongs to no living allocation. */
    void expire(Moment now) {
        Iterator<Unbound> each = byId.values().iterator();
        while (each.hasNext()) {
            Unbound unbound = each.next();
            if (!now.isBefore(unbound.deadlineNanos()) || !unbound.allocation().isAlive(now)) {
                each.remove();
                unbound.stream().close();
            }
        }
    }

    void clear() {
        byId.values().forEach(unbound -> unbound.stream().close());
        byId.clear();
    }
}
