// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit;

import im.bastion.store.TextColumns;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The audit log of this node: queue in memory → file on disk (fsync) → hash chain in the database, which all nodes share.
 * An entry is in the chain exactly once, in the order it was recorded on its node, also when the database is away for
 * hours or the process is killed.
 *
 * <p>What a kill or a power cut loses: the events of the last milliseconds that were not on disk yet, never more than
 * {@link AuditLimits#queueEntries()} and one batch. What an outage loses: nothing until the spool
 * ({@link AuditLimits#spoolBytes()}) and then the queue are full; from then on events are counted, and an entry
 * "entries-lost" says how many when there is room again.
 */
public final class AuditLog implements AuditTrail, AutoCloseable {
    static final String SPOOL = "audit.spool";
    private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);

    private final AuditContext context;
    private final AuditLimits limits;
    private final AuditTable table;
    private final EventQueue<AuditEvent> queue;
    private final AuditSpool spool;
    private final SpoolWriter toDisk;
    private final ChainWriter toDatabase;
    private final Thread diskThread;
    private final Thread databaseThread;
    private final LongAdder recorded;
    private final LongAdder lost;

    public AuditLog(AuditContext context) {
        this(context, AuditLimits.DEFAULT);
    }

    public AuditLog(AuditContext context, AuditLimits limits) {
        this.context = context;
        this.limits = limits;
        this.table = new AuditTable(new TextColumns(context.database().dialect()));
        this.queue = new EventQueue<>(limits.queueEntries());
        this.spool = new AuditSpool(context.dataFolder().resolve(SPOOL), limits.spoolBytes());
        Backlog backlog = new Backlog(spool);
        AuditHealth health = new AuditHealth(context.health(), backlog, limits);
        this.toDisk = new SpoolWriter(queue, backlog, health, context.clock(), limits);
        this.toDatabase = new ChainWriter(context, backlog, health, limits);
        this.recorded = context.counters().counter("audit.recorded");
        this.lost = context.counters().counter("audit.lost");
        this.diskThread = start(toDisk, "bastion-audit-spool");
        this.databaseThread = start(toDatabase, "bastion-audit-chain");
    }

    @Override
    public void record(AuditEvent event) {
        (queue.offer(event) ? recorded : lost).increment();
    }

    /** Makes every other writer, on any node, wait until the caller's transaction ends; comes first in it. */
    public void lock(Connection connection) throws SQLException {
        table.lockHead(connection);
    }

    /**
     * Puts the event at the end of the chain as part of the caller's transaction: it is there if and only if that commits.
     * Until then every other writer waits, so commit soon.
     *
     * @param connection not in auto-commit mode
     */
    public void append(Connection connection, AuditEvent event) throws SQLException {
        ChainHead head = table.lockHead(connection);
        table.append(connection, head, List.of(PendingEntry.of(event)));
        recorded.increment();
    }

    /** Writes what it can within {@link AuditLimits#closing()}; the rest stays on disk for the next start. */
    @Override
    public void close() {
        // An interrupted thread would close the spool's file instead of writing to it, and would not wait.
        boolean wasInterrupted = Thread.interrupted();
        long deadline = System.nanoTime() + limits.closing().toNanos();
        toDisk.finish();
        join(diskThread, deadline);
        toDatabase.finish();
        join(databaseThread, deadline);
        toDisk.abandon();
        toDatabase.abandon();
        join(diskThread, System.nanoTime() + limits.closing().toNanos());
        try {
            keepTheNumberOfTheLost();
            spool.close();
        } catch (IOException e) {
            LOG.error("The file of waiting audit entries could not be closed", e);
        }
        if (wasInterrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void keepTheNumberOfTheLost() throws IOException {
        int unplaced = toDisk.unplaced();
        lost.add(unplaced);
        long untold = unplaced + queue.takeLost();
        if (untold > 0) {
            LOG.error("{} audit entries found no place and are lost", untold);
            AuditEvent notice = AuditNotice.entriesLost(context.clock(), untold);
            spool.appendBeyondTheLimit(EntryCodec.encode(PendingEntry.of(notice)));
        }
    }

    private static Thread start(Runnable work, String name) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Never interrupts: that would close the files of the spool and of an embedded database. */
    private static void join(Thread thread, long deadline) {
        try {
            thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
