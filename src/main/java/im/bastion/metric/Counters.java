// SPDX-License-Identifier: Apache-2.0
package im.bastion.metric;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Named counts that only grow. Thread-safe; a counter is fetched once and then costs one uncontended add. */
public final class Counters {
    private static final int LIMIT = 1_000;
    private final Map<String, LongAdder> adders = new ConcurrentHashMap<>();

    /**
     * The counter of that name, for example "moderation.refused". Names are fixed in code, never taken from traffic.
     *
     * @throws IllegalStateException after 1,000 names: somebody builds names from input
     */
    public LongAdder counter(String name) {
        LongAdder adder = adders.computeIfAbsent(name, n -> new LongAdder());
        if (adders.size() > LIMIT) {
            throw new IllegalStateException("More than " + LIMIT + " counters, the last one named " + name);
        }
        return adder;
    }

    /** All values now, by name. */
    public Map<String, Long> snapshot() {
        Map<String, Long> values = new TreeMap<>();
        adders.forEach((name, adder) -> values.put(name, adder.sum()));
        return values;
    }
}
