// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.device;

import im.bastion.host.HostException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread on which accounts are read and written, so that no two changes of the same one meet. */
final class Worker implements AutoCloseable {
    /** How many tasks may wait. */
    static final int MAX_WAITING = 20_000;

    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final long CLOSING_SECONDS = 5;

    private final ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, task -> {
        Thread thread = new Thread(task, "bastion-omemo");
        thread.setDaemon(true);
        return thread;
    });

    Worker() {
        executor.setRemoveOnCancelPolicy(true);
        executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    /** Does it soon; false when too much waits. Never blocks. */
    boolean soon(Runnable task) {
        return after(Duration.ZERO, task);
    }

    /** Does it when that time has passed; false when too much waits. Never blocks. */
    boolean after(Duration delay, Runnable task) {
        if (executor.getQueue().size() >= MAX_WAITING) {
            return false;
        }
        try {
            Future<?> unused = executor.schedule(() -> quietly(task), delay.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (RejectedExecutionException e) {
            return false;
        }
    }

    /** Does it and waits for the result. */
    <T> T ask(Duration patience, Callable<T> task) {
        try {
            return executor.submit(task).get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof HostException known
                    ? known
                    : new HostException("The server's log says why", e.getCause());
        } catch (TimeoutException | RejectedExecutionException e) {
            throw new HostException("The server is too busy", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HostException("Interrupted", e);
        }
    }

    /** Ends what is due, within some seconds; what is for later is left. */
    @Override
    public void close() {
        try {
            executor.submit(() -> {}).get(CLOSING_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException | RejectedExecutionException e) {
            LOG.warn("What was published last has not been noted: the end came too soon");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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

    private static void quietly(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            LOG.warn("Looking after devices failed: {}", e.getMessage(), e);
        }
    }
}
