// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.xmpp.packet.JID;

/**
 * Requests of one kind that went to the host and have no answer yet, at most {@link #MAX_SIZE} and none older than {@link
 * #MAX_AGE} (a host that has not answered by then never will). Thread-safe.
 */
final class Awaited<T> {
    static final int MAX_SIZE = 4_096;
    static final Duration MAX_AGE = Duration.ofMinutes(2);

    private record Key(JID client, String id) {}

    private record Waiting<T>(T request, long sinceMillis) {}

    private final Map<Key, Waiting<T>> waiting = new ConcurrentHashMap<>();
    private final Clock clock;
    private volatile long sweptMillis;

    Awaited(Clock clock) {
        this.clock = clock;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Remembers the request; false when there are too many, or one of the same client and id is not answered yet. */
    boolean add(JID client, String id, T request) {
        long now = clock.millis();
        if (waiting.size() >= MAX_SIZE) {
            forgetOld(now);
        }
        if (waiting.size() >= MAX_SIZE) {
            return false;
        }
        Key key = new Key(client, id);
        waiting.computeIfPresent(key, (k, old) -> isOld(old, now) ? null : old);
        return waiting.putIfAbsent(key, new Waiting<>(request, now)) == null;
    }

    /**
     * Takes out the request that this is the answer to; null when there is none.
     *
     * @param from the answer's sender: anybody can send a client an answer with a guessed id, but only its server and its
     *     own account, which this server speaks for, have no address, its bare JID or the domain
     */
    T take(JID client, String id, JID from) {
        long now = clock.millis();
        if (now - sweptMillis > MAX_AGE.toMillis()) {
            sweptMillis = now;
            forgetOld(now);
        }
        boolean server = from == null
                || from.equals(client.asBareJID())
                || (from.getNode() == null && from.getDomain().equals(client.getDomain()));
        if (!server) {
            return null;
        }
        Waiting<T> found = waiting.remove(new Key(client, id));
        return found == null ? null : found.request();
    }

    private void forgetOld(long now) {
        waiting.values().removeIf(request -> isOld(request, now));
    }

    private static boolean isOld(Waiting<?> request, long now) {
        return now - request.sinceMillis() > MAX_AGE.toMillis();
    }
}
