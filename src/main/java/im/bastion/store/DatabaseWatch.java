// SPDX-License-Identifier: Apache-2.0
package im.bastion.store;

import im.bastion.host.Database;
import im.bastion.metric.Health;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the database on a thread of its own: reports it as health of "database", and while it answers calls what
 * has to be kept in step with it, for example {@link PolicyStore#refresh()}.
 */
public final class DatabaseWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(DatabaseWatch.class);
    private static final String PART = "database";
    private static final int CLOSE_TIMEOUT_SECONDS = 5;

    private final Database database;
    private final Health health;
    private final Runnable inStep;
    private final ScheduledExecutorService thread;

    /** Of the watch's own thread. */
    private boolean failing;

    /** Starts with a first look at once, then one after each pause. */
    public DatabaseWatch(Database database, Health health, Duration pause, Runnable inStep) {
        this.database = database;
        this.health = health;
        this.inStep = inStep;
        this.thread = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread watch = new Thread(task, "bastion-database-watch");
            watch.setDaemon(true);
            return watch;
        });
        var unused = thread.scheduleWithFixedDelay(this::look, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Lets a look that is under way end; one that hangs in the database ends by itself later. */
    @Override
    public void close() {
        // Not shutdownNow: an interrupt in the embedded database closes its files.
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                LOG.warn("The database does not answer; the thread that waits for it ends when it does");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void look() {
        try {
            if (answers()) {
                inStep.run();
            }
            failing = false;
        } catch (RuntimeException e) {
            // An exception that left this method would end the watch for good; one that stays is logged once.
            if (!failing) {
                LOG.error("Keeping in step with the database failed", e);
            }
            failing = true;
        }
    }

    private boolean answers() {
        try (Connection connection = database.connection()) {
            Optional<String> problem = Schema.problem(connection);
            problem.ifPresentOrElse(words -> health.failed(PART, words), () -> health.ok(PART));
            return problem.isEmpty();
        } catch (SQLException | RuntimeException e) {
            health.failed(
                    PART,
                    "The database does not answer (" + e.getMessage() + "). The guards go on with the policies last"
                            + " known; audit entries wait on disk. Nothing needs to be done here but to bring it back.");
            return false;
        }
    }
}
