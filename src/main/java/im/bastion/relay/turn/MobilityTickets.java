// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import im.bastion.relay.stun.AttributeType;
import im.bastion.relay.stun.StunAttribute;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Which ticket lets a client take its allocation to another path (RFC 8016). Each move gives a new ticket; the one before
 * stays good until the next move, for the answer with the new one may be lost. Confined to its server's thread.
 */
final class MobilityTickets {
    private static final int BYTES = 16;

    private record Tickets(StunAttribute latest, StunAttribute former) {}

    private final RandomGenerator random;
    private final Map<ByteBuffer, Allocation> byTicket = new HashMap<>();
    private final Map<Allocation, Tickets> byAllocation = new HashMap<>();

    /** @param random must not be predictable */
    MobilityTickets(RandomGenerator random) {
        this.random = random;
    }

    /** A new ticket for the allocation. */
    StunAttribute issue(Allocation allocation) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        StunAttribute ticket = new StunAttribute(AttributeType.MOBILITY_TICKET, bytes);
        Tickets held = byAllocation.get(allocation);
        if (held != null && held.former() != null) {
            byTicket.remove(held.former().value());
        }
        byAllocation.put(allocation, new Tickets(ticket, held == null ? null : held.latest()));
        byTicket.put(ticket.value(), allocation);
        return ticket;
    }

    /** The ticket the allocation's client was given last, or null. */
    StunAttribute of(Allocation allocation) {
        Tickets held = byAllocation.get(allocation);
        return held == null ? null : held.latest();
    }

    /** The living allocation the ticket is for, or null. */
    Allocation find(StunAttribute ticket, Moment now) {
        Allocation allocation = byTicket.get(ticket.value());
        return allocation != null && allocation.isAlive(now) ? allocation : null;
    }

    void forget(Allocation allocation) {
        Tickets held = byAllocation.remove(allocation);
        if (held != null) {
            byTicket.remove(held.latest().value());
            if (held.former() != null) {
                byTicket.remove(held.former().value());
            }
        }
    }
}
