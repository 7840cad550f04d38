// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit;

import im.bastion.audit.Backlog.Chunk;
import im.bastion.store.TextColumns;
import im.bastion.store.Transaction;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;

/** The thread from disk to database: everything in order, everything once. */
final class ChainWriter implements Runnable {
    private final AuditContext context;
    private final AuditTable table;
    private final Backlog backlog;
    private final AuditHealth health;
    private final AuditLimits limits;
    private final LongAdder written;
    private volatile boolean finishing;
    private volatile boolean abandoned;
    private Duration pause;

    /**
     * Whether entries may be in the database already: after a start, because a crash may have come between a commit and
     * its note; after a failure, because the connection may have been lost during the commit.
     */
    private boolean isUncertain = true;

    ChainWriter(AuditContext context, Backlog backlog, AuditHealth health, AuditLimits limits) {
        this.context = context;
        this.table = new AuditTable(new TextColumns(context.database().dialect()));
        this.backlog = backlog;
        this.health = health;
        this.limits = limits;
        this.pause = limits.firstRetry();
        this.written = context.counters().counter("audit.written");
    }

    @Override
    public void run() {
        while (!abandoned) {
            long mark = backlog.changes();
            Chunk chunk = backlog.next(limits.batchEntries());
            if (chunk.isEmpty()) {
                isUncertain = false;
                if (finishing) {
                    return;
                }
                if (!backlog.await(mark, limits.settle())) {
                    backlog.trim();
                }
            } else if (!write(chunk)) {
                if (finishing && !chunk.isFromMemory()) {
                    return;
                }
                rest();
            }
        }
    }

    /** Ends when all on disk is in the database, or when the database fails. */
    void finish() {
        finishing = true;
        backlog.changed();
    }

    /** Ends after the transaction under way, if any. */
    void abandon() {
        abandoned = true;
        backlog.changed();
    }

    private boolean write(Chunk chunk) {
        List<PendingEntry> entries = new ArrayList<>(chunk.entries());
        if (chunk.damagedBytes() > 0) {
            entries.add(PendingEntry.of(AuditNotice.spoolDamaged(context.clock(), chunk.damagedBytes())));
        }
        health.databaseAsked();
        try {
            try {
                commit(entries);
            } catch (SQLException e) {
                if (!isAboutData(e)) {
                    throw e;
                }
                // One entry that the database can never take must not hold up all that come after it.
                commit(entries.stream().map(PendingEntry::inAscii).toList());
            }
        } catch (SQLException | RuntimeException e) {
            isUncertain = true;
            health.databaseFails(e);
            return false;
        }
        backlog.done(chunk);
        written.add(entries.size());
        pause = limits.firstRetry();
        health.databaseWorks();
        return true;
    }

    private void commit(List<PendingEntry> entries) throws SQLException {
        Transaction.run(context.database(), connection -> {
            // The lock before the look at what is there: another instance may be about to commit.
            ChainHead head = table.lockHead(connection);
            table.append(connection, head, isUncertain ? table.missing(connection, entries) : entries);
            return null;
        });
    }

    /** SQLSTATE class 22: a character the database cannot store, or the like. */
    private static boolean isAboutData(SQLException e) {
        for (Throwable cause : e) {
            if (cause instanceof SQLException sql
                    && Objects.toString(sql.getSQLState(), "").startsWith("22")) {
                return true;
            }
        }
        return false;
    }

    private void rest() {
        long deadline = System.nanoTime() + pause.toNanos();
        boolean wasFinishing = finishing;
        while (!abandoned && wasFinishing == finishing && System.nanoTime() < deadline) {
            backlog.await(backlog.changes(), Duration.ofNanos(deadline - System.nanoTime()));
        }
        Duration doubled = pause.multipliedBy(2);
        pause = doubled.compareTo(limits.longestRetry()) < 0 ? doubled : limits.longestRetry();
    }
}
