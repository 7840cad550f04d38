// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import im.bastion.metric.Counters;
import im.bastion.relay.stun.StunErrorCode;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** What the relay counts. Counters are fetched once, so that each event costs one addition. */
public final class TurnCounters {
    final LongAdder bindings;
    final LongAdder opened;
    final LongAdder ended;
    final LongAdder toPeerPackets;
    final LongAdder toPeerBytes;
    final LongAdder toClientPackets;
    final LongAdder toClientBytes;
    /** Data that had no allocation, no permission or no channel, and what is not a message at all. */
    final LongAdder dropped;

    /** Requests of strangers that got no answer, because it would have been too much for their source. */
    final LongAdder unanswered;
    /** Data beyond what a user, or all together, may send. */
    final LongAdder tooMuch;

    private final Map<StunErrorCode, LongAdder> refused = new EnumMap<>(StunErrorCode.class);

    public TurnCounters(Counters counters) {
        bindings = counters.counter("relay.bindings");
        opened = counters.counter("relay.allocations-opened");
        ended = counters.counter("relay.allocations-ended");
        toPeerPackets = counters.counter("relay.to-peer-packets");
        toPeerBytes = counters.counter("relay.to-peer-bytes");
        toClientPackets = counters.counter("relay.to-client-packets");
        toClientBytes = counters.counter("relay.to-client-bytes");
        dropped = counters.counter("relay.dropped");
        unanswered = counters.counter("relay.unanswered");
        tooMuch = counters.counter("relay.too-much");
        for (StunErrorCode code : StunErrorCode.values()) {
            refused.put(code, counters.counter("relay.refused-" + code.number()));
        }
    }

    void refused(int code) {
        refused.forEach((known, adder) -> {
            if (known.number() == code) {
                adder.increment();
            }
        });
    }
}
