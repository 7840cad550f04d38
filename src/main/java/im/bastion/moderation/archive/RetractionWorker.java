// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.archive;

import im.bastion.moderation.archive.Retractions.Done;
import im.bastion.moderation.archive.Retractions.Outcome;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread on which messages are retracted and restored, so that no two wishes about the same one meet. Who asked is
 * always told, also when too much waits, when it failed, and when it is the end. Thread-safe.
 */
final class RetractionWorker implements AutoCloseable {
    /** How many wishes may wait. */
    static final int MAX_WAITING = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(RetractionWorker.class);
    private static final long CLOSING_SECONDS = 5;

    private final AtomicInteger waiting = new AtomicInteger();
    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "bastion-retraction");
        thread.setDaemon(true);
        return thread;
    });

    /** A wish. */
    @FunctionalInterface
    interface Work {
        void run() throws SQLException;
    }

    RetractionWorker() {
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** For what nobody waits for. */
    ScheduledExecutorService executor() {
        return executor;
    }

    /** Does it soon. */
    void submit(Done done, Work work) {
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            done.told(Outcome.BUSY, List.of());
            return;
        }
        try {
            executor.execute(() -> {
                waiting.decrementAndGet();
                guarded(done, work).run();
            });
        } catch (RejectedExecutionException e) {
            // Closed meanwhile.
            waiting.decrementAndGet();
            done.told(Outcome.BUSY, List.of());
        }
    }

    /** Goes on with it after that time; from this thread only. */
    void later(Duration pause, Done done, Work work) {
        var unused = executor.schedule(guarded(done, work), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Ends what is due, within some seconds. */
    @Override
    public void close() {
        executor.shutdown();
        try {
            if (!executor.awaitTermination(CLOSING_SECONDS, TimeUnit.SECONDS)) {
                executor.shutdownNow();
            }
        } catch (InterruptedException e) {
            executor.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private static Runnable guarded(Done done, Work work) {
        return () -> {
            try {
                work.run();
            } catch (SQLException | RuntimeException e) {
                LOG.warn("A retraction failed: {}", e.toString());
                done.told(Outcome.FAILED, List.of());
            }
        };
    }
}
