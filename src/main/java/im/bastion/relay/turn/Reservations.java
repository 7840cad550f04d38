// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import im.bastion.relay.stun.AttributeType;
import im.bastion.relay.stun.StunAttribute;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Sockets kept for an Allocate to come (EVEN-PORT and RESERVATION-TOKEN, RFC 8656 §7.2): each for one use, for 30 seconds,
 * by the user who reserved it. At most {@link #MAX} at a time. Confined to its server's thread.
 */
final class Reservations {
    static final long LIFE_SECONDS = 30;
    static final int MAX = 256;
    private static final int TOKEN_BYTES = 8;

    private record Reserved(RelaySocket socket, String user, long deadlineNanos) {}

    private final RandomGenerator random;
    private final Map<ByteBuffer, Reserved> byToken = new HashMap<>();

    /** @param random must not be predictable */
    Reservations(RandomGenerator random) {
        this.random = random;
    }

    boolean isFull() {
        return byToken.size() >= MAX;
    }

    /** Keeps the socket and gives the token that fetches it. */
    StunAttribute keep(RelaySocket socket, AuthenticatedUser user, Moment now) {
        byte[] token = new byte[TOKEN_BYTES];
        random.nextBytes(token);
        byToken.put(ByteBuffer.wrap(token), new Reserved(socket, user.pseudonym(), now.nanosIn(LIFE_SECONDS)));
        return new StunAttribute(AttributeType.RESERVATION_TOKEN, token);
    }

    /** The user's socket for which that is the token, from here on the caller's, or null. */
    RelaySocket take(StunAttribute token, AuthenticatedUser user, Moment now) {
        Reserved reserved = byToken.get(token.value());
        if (reserved == null || !reserved.user().equals(user.pseudonym()) || !now.isBefore(reserved.deadlineNanos())) {
            return null;
        }
        byToken.remove(token.value());
        return reserved.socket();
    }

    /** Frees what nobody fetched in time. */
    void expire(Moment now) {
        Iterator<Reserved> each = byToken.values().iterator();
        while (each.hasNext()) {
            Reserved reserved = each.next();
            if (!now.isBefore(reserved.deadlineNanos())) {
                each.remove();
                reserved.socket().close();
            }
        }
    }

    void clear() {
        byToken.values().forEach(reserved -> reserved.socket().close());
        byToken.clear();
    }
}
