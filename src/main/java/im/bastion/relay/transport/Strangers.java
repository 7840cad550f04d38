// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.transport;

import im.bastion.relay.turn.Moment;
import im.bastion.relay.turn.SourceKey;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * Connections of clients that have not authenticated yet. They are few, in all and for one address (an IPv6 network of 64
 * bits counts as one), and must come to the point within seconds. When there are too many the oldest has to go: a flood costs
 * its sender more than it costs the others. Confined to the loop's thread.
 */
final class Strangers {
    static final int MAX_PER_ADDRESS = 64;
    static final long PATIENCE_SECONDS = 10;

    /** One of them. */
    interface Stranger {
        void close();
    }

    private record Stay(SourceKey source, long deadlineNanos) {}

    private final int max;
    private final Map<Stranger, Stay> waiting = new LinkedHashMap<>();
    private final Map<SourceKey, Integer> bySource = new HashMap<>();
    private final LongAdder turnedAway;
    private final LongAdder dropped;

    /**
     * @param max how many there may be in all
     * @param turnedAway counts connections that ended because they were too many or too slow
     * @param dropped counts connections that ended because what came was no message
     */
    Strangers(int max, LongAdder turnedAway, LongAdder dropped) {
        this.max = max;
        this.turnedAway = turnedAway;
        this.dropped = dropped;
    }

    /** Takes the connection in; false when its address has too many already. */
    boolean admit(Stranger who, InetAddress address, Moment now) {
        SourceKey source = SourceKey.of(address);
        if (bySource.getOrDefault(source, 0) >= MAX_PER_ADDRESS) {
            turnedAway.increment();
            return false;
        }
        if (waiting.size() >= max) {
            turnedAway.increment();
            waiting.keySet().iterator().next().close();
        }
        waiting.put(who, new Stay(source, now.nanos() + PATIENCE_SECONDS * 1_000_000_000L));
        bySource.merge(source, 1, Integer::sum);
        return true;
    }

    /** It is a stranger no more, or no more at all. */
    void forget(Stranger who) {
        Stay stay = waiting.remove(who);
        if (stay != null) {
            bySource.computeIfPresent(stay.source(), (source, held) -> held == 1 ? null : held - 1);
        }
    }

    void unreadable() {
        dropped.increment();
    }

    /** Ends the connections that have waited too long. */
    void expire(Moment now) {
        while (!waiting.isEmpty()) {
            Map.Entry<Stranger, Stay> first = waiting.entrySet().iterator().next();
            if (first.getValue().deadlineNanos() - now.nanos() > 0) {
                return;
            }
            turnedAway.increment();
            first.getKey().close();
        }
    }

    int size() {
        return waiting.size();
    }
}
