// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.simulate;

import im.bastion.federation.observe.HistoryStore;
import im.bastion.federation.observe.PeerDay;
import im.bastion.federation.policy.FederationPolicy;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries drafts of the policy on what was seen of peers, on a thread of its own, one after the other. Up to
 * {@value #MAX_WAITING} wait; the last {@value #MAX_KEPT} are kept for a minute, so that asking again costs nothing.
 */
public final class Simulator implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Simulator.class);
    private static final int MAX_WAITING = 8;
    private static final int MAX_KEPT = 16;
    private static final Duration KEPT = Duration.ofMinutes(1);
    private static final long IDLE_SECONDS = 30;

    private record Key(FederationPolicy inForce, String draft, int days) {}

    private final Supplier<FederationPolicy> inForce;
    private final HistoryStore history;
    private final Runnable settle;
    private final Predicate<String> local;
    private final InstantSource clock;
    private final ThreadPoolExecutor thread;
    private final Map<Key, SimulationRun> runs = new LinkedHashMap<>();

    /**
     * @param inForce what drafts are compared with
     * @param settle brings what was seen until now into the history
     * @param local whether a domain is this server's own: those are never judged
     */
    public Simulator(
            Supplier<FederationPolicy> inForce,
            HistoryStore history,
            Runnable settle,
            Predicate<String> local,
            InstantSource clock) {
        this.inForce = inForce;
        this.history = history;
        this.settle = settle;
        this.local = local;
        this.clock = clock;
        this.thread = new ThreadPoolExecutor(
                1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MAX_WAITING), task -> {
                    Thread created = new Thread(task, "bastion-simulation");
                    created.setDaemon(true);
                    return created;
                });
        thread.allowCoreThreadTimeOut(true);
    }

    /**
     * Tries a draft; answers the run there is already when it was tried within the last minute.
     *
     * @param name tells this draft from others
     * @param days how far back, today included
     * @return null when too many wait already
     */
    public synchronized SimulationRun run(String name, FederationPolicy draft, int days) {
        Instant now = clock.instant();
        FederationPolicy current = inForce.get();
        runs.values().removeIf(run -> !run.running() && run.began().plus(KEPT).isBefore(now));
        Key key = new Key(current, name, days);
        SimulationRun known = runs.get(key);
        if (known != null && !known.failed()) {
            return known;
        }
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        SimulationRun run = new SimulationRun(today.minusDays(days - 1L), today, now);
        try {
            thread.execute(() -> simulate(run, current, draft));
        } catch (RejectedExecutionException e) {
            return null;
        }
        runs.put(key, run);
        if (runs.size() > MAX_KEPT) {
            runs.remove(runs.keySet().iterator().next());
        }
        return run;
    }

    /** Gives up what is under way. */
    @Override
    public void close() {
        thread.shutdownNow();
        synchronized (this) {
            runs.values().forEach(run -> run.failed(new CancellationException("Bastion stopped")));
        }
    }

    private void simulate(SimulationRun run, FederationPolicy current, FederationPolicy draft) {
        try {
            settle.run();
            Simulation simulation = new Simulation(current, draft, clock.instant());
            history.days(run.first(), run.last(), day -> add(simulation, run, day));
            run.done(simulation.result(run.first(), run.last()));
        } catch (SQLException | RuntimeException e) {
            LOG.warn("A draft of the federation policy could not be tried", e);
            run.failed(e);
        }
    }

    private void add(Simulation simulation, SimulationRun run, PeerDay day) {
        if (Thread.currentThread().isInterrupted()) {
            throw new CancellationException("Bastion stopped");
        }
        if (!local.test(day.domain())) {
            simulation.add(day);
        }
        run.reached(day.day());
    }
}
