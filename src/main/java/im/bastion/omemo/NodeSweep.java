// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.store.Records;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the nodes of keys that were made before Bastion came, or while it was off, and are not what clients need, and makes
 * them so, in the background, one sweep at a time. A sweep that was interrupted by the end of the server, or of the plugin,
 * goes on when Bastion starts again. Thread-safe.
 */
public final class NodeSweep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(NodeSweep.class);
    private static final long RETRY_MILLIS = 5_000;
    private static final long CLOSING_MILLIS = 10_000;

    private final SweptPages pages;
    private final SweepRecords records;
    private final OmemoRecord record;
    private final IntSupplier limit;
    private final Clock clock;
    private SweepRecords.Stored now = new SweepRecords.Stored(SweepProgress.NONE, null);
    private boolean cancelled;
    private boolean closing;
    private Thread worker;

    /** @param limit what {@code max} stands for */
    NodeSweep(SweptPages pages, Records records, OmemoRecord record, IntSupplier limit, Clock clock) {
        this.pages = pages;
        this.records = new SweepRecords(records);
        this.record = record;
        this.limit = limit;
        this.clock = clock;
    }

    /** Takes up the sweep that was under way when Bastion ended. */
    void resume() {
        try {
            SweepRecords.Stored latest = records.latest();
            if (latest != null) {
                put(latest);
                if (latest.progress().state() == SweepProgress.State.RUNNING) {
                    LOG.info("The sweep {} goes on", latest.progress().id());
                    work();
                }
            }
        } catch (SQLException | RuntimeException e) {
            LOG.warn("What was swept before cannot be read: {}", e.getMessage());
        }
    }

    /**
     * Starts a sweep; does nothing while one is under way.
     *
     * @param dryRun whether it only says what it would change
     * @param by the console user who wants it
     * @return whether it was started
     * @throws UncheckedIOException when the database does not take it
     */
    public boolean start(boolean dryRun, String by) {
        synchronized (this) {
            if (now.progress().state() == SweepProgress.State.RUNNING || closing) {
                return false;
            }
            SweepProgress begun = SweepProgress.begun(UUID.randomUUID().toString(), dryRun, by, instant());
            save(new SweepRecords.Stored(begun, null), List.of());
            cancelled = false;
        }
        record.sweep("sweep-started", progress(), by);
        work();
        return true;
    }

    /**
     * Ends the sweep that is under way after the page it is at; what it has done stays done.
     *
     * @param by the console user who wants it
     */
    public void cancel(String by) {
        synchronized (this) {
            if (now.progress().state() != SweepProgress.State.RUNNING) {
                return;
            }
            cancelled = true;
            notifyAll();
        }
        record.sweep("sweep-cancelled", progress(), by);
    }

    /** How far the latest sweep has come. */
    public synchronized SweepProgress progress() {
        return now.progress();
    }

    /**
     * What a sweep did, or in a dry run would have done: one page of at most some hundred nodes, in the order of their
     * owners. Kept for 90 days.
     *
     * @param page from 0 to {@link SweepProgress#pages} − 1
     * @throws UncheckedIOException when the database does not give it
     */
    public List<SweptNode> results(String sweepId, int page) {
        try {
            return records.page(sweepId, page);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    /** Stops working; the sweep goes on with the next {@link #resume}. */
    @Override
    public void close() {
        Thread working;
        synchronized (this) {
            closing = true;
            working = worker;
            notifyAll();
        }
        try {
            if (working != null) {
                working.join(CLOSING_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized void work() {
        worker = new Thread(this::run, "bastion-omemo-sweep");
        worker.setDaemon(true);
        worker.start();
    }

    private void run() {
        boolean more = true;
        while (more) {
            try {
                more = step();
            } catch (RuntimeException e) {
                LOG.warn("The sweep waits: {}", e.getMessage(), e);
                more = pause(e.getMessage());
            }
        }
    }

    /** One page; false when there is nothing more to do now. */
    private boolean step() {
        SweepRecords.Stored at = at();
        if (at == null) {
            return false;
        }
        SweepProgress progress = at.progress();
        if (isCancelled()) {
            end(at, SweepProgress.State.CANCELLED);
            return false;
        }
        if (progress.total() == 0) {
            progress = progress.ofTotal(pages.count());
        }
        SweptPages.Page page = pages.sweep(at.at(), progress.dryRun(), limit.getAsInt());
        if (page.looked() == 0) {
            end(new SweepRecords.Stored(progress, at.at()), SweepProgress.State.FINISHED);
            return false;
        }
        List<List<SweptNode>> found = SweepRecords.pages(page.nodes());
        SweepProgress next = progress.advanced(
                page.looked(),
                page.count(SweptNode.Outcome.CHANGED),
                page.count(SweptNode.Outcome.LEFT),
                page.count(SweptNode.Outcome.FAILED),
                found.size());
        save(new SweepRecords.Stored(next, page.last()), found);
        record.swept(next, page.nodes());
        return true;
    }

    private void end(SweepRecords.Stored at, SweepProgress.State how) {
        SweepProgress ended = at.progress().ended(how, instant());
        save(new SweepRecords.Stored(ended, at.at()), List.of());
        if (how == SweepProgress.State.FINISHED) {
            record.sweep("sweep-finished", ended, "bastion");
        }
    }

    /** As it comes back from the records. */
    private Instant instant() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private void save(SweepRecords.Stored sweep, List<List<SweptNode>> found) {
        try {
            records.save(sweep, found);
            put(sweep);
        } catch (SQLException e) {
            throw failed(e);
        }
    }

    private synchronized void put(SweepRecords.Stored sweep) {
        now = sweep;
    }

    /** Null when this instance is to end. */
    private synchronized SweepRecords.Stored at() {
        return closing ? null : now;
    }

    private synchronized boolean isCancelled() {
        return cancelled;
    }

    private synchronized boolean pause(String why) {
        now = new SweepRecords.Stored(now.progress().stuck(why == null ? "unknown" : why), now.at());
        long end = System.nanoTime() + RETRY_MILLIS * 1_000_000;
        try {
            for (long left = RETRY_MILLIS; left > 0 && !closing && !cancelled; ) {
                wait(left);
                left = (end - System.nanoTime()) / 1_000_000;
            }
            return !closing;
        } catch (InterruptedException e) {
            return false;
        }
    }

    private static UncheckedIOException failed(SQLException e) {
        return new UncheckedIOException(new IOException("The database does not take part in the sweep", e));
    }
}
