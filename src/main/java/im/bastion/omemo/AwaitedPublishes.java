// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.dom4j.Element;
import org.xmpp.packet.JID;

/**
 * The publishes that went to the host and have no answer yet, at most {@link #MAX_SIZE} and none older than {@link
 * #MAX_AGE} (a host that has not answered by then never will). Thread-safe.
 */
final class AwaitedPublishes {
    static final int MAX_SIZE = 4_096;
    static final Duration MAX_AGE = Duration.ofMinutes(2);

    /**
     * One of them.
     *
     * @param publisher the full JID of the client
     * @param items {@code <item/>} elements, each with an id
     * @param creates whether the node did not exist when the publish entered
     */
    record Publish(JID publisher, String nodeId, List<Element> items, NodeDemand demand, boolean creates) {
        JID owner() {
            return publisher.asBareJID();
        }
    }

    private record Key(JID client, String id) {}

    private record Waiting(Publish publish, long sinceMillis) {}

    private final Map<Key, Waiting> waiting = new ConcurrentHashMap<>();
    private final Clock clock;
    private volatile long sweptMillis;

    AwaitedPublishes(Clock clock) {
        this.clock = clock;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** Remembers the publish; false when there are too many, or one of the same client and id is not answered yet. */
    boolean add(String id, Publish publish) {
        long now = clock.millis();
        if (waiting.size() >= MAX_SIZE) {
            forgetOld(now);
        }
        if (waiting.size() >= MAX_SIZE) {
            return false;
        }
        Key key = new Key(publish.publisher(), id);
        waiting.computeIfPresent(key, (k, old) -> isOld(old, now) ? null : old);
        return waiting.putIfAbsent(key, new Waiting(publish, now)) == null;
    }

    /**
     * Takes out the publish that this is the answer to; null when there is none.
     *
     * @param from the answer's sender: anybody can send a client an answer with a guessed id, but only its server and its
     *     own account, which this server speaks for, have no address, its bare JID or the domain
     */
    Publish take(JID client, String id, JID from) {
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
        Waiting found = waiting.remove(new Key(client, id));
        return found == null ? null : found.publish();
    }

    private void forgetOld(long now) {
        waiting.values().removeIf(publish -> isOld(publish, now));
    }

    private static boolean isOld(Waiting publish, long now) {
        return now - publish.sinceMillis() > MAX_AGE.toMillis();
    }
}
