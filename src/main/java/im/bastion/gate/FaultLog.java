// SPDX-License-Identifier: Apache-2.0
package im.bastion.gate;

import im.bastion.metric.Counters;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts every fault, as "gate.faults" and beside the guard's other counts, and logs at most one a minute for each guard,
 * without the stanza: it may be private. Thread-safe.
 */
final class FaultLog {
    private static final Logger LOG = LoggerFactory.getLogger(Gate.class);
    private static final long INTERVAL = TimeUnit.MINUTES.toNanos(1);

    /** Who failed when it was no guard. */
    static final String GATE = "gate";

    private final Map<String, AtomicLong> lastLogged = new ConcurrentHashMap<>();
    private final Counters counters;
    private final LongAdder all;
    private final LongSupplier nanoTime;

    FaultLog(Counters counters, LongSupplier nanoTime) {
        this.counters = counters;
        this.all = counters.counter(GATE + ".faults");
        this.nanoTime = nanoTime;
    }

    void report(String guard, Throwable fault) {
        all.increment();
        if (!guard.equals(GATE)) {
            counters.counter(guard + ".faults").increment();
        }
        long now = nanoTime.getAsLong();
        AtomicLong last = lastLogged.computeIfAbsent(guard, g -> new AtomicLong(now - INTERVAL));
        long before = last.get();
        if (now - before >= INTERVAL && last.compareAndSet(before, now)) {
            LOG.error(
                    "The guard \"{}\" failed on a stanza; its fail mode was applied. Logged at most once a minute.",
                    guard,
                    fault);
        }
    }
}
