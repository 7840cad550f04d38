// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.keylog;

import im.bastion.audit.EventQueue;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread that appends to the log and signs its heads. */
final class KeyLogWriter {
    static final String PART = "omemo.key-log";
    private static final Logger LOG = LoggerFactory.getLogger(KeyLogWriter.class);
    private static final int BATCH = 256;
    private static final Duration HEAD_PAUSE = Duration.ofSeconds(1);
    private static final Duration RETRY = Duration.ofSeconds(2);
    private static final long CLOSING_MILLIS = 5_000;

    private final KeyLogContext context;
    private final EventQueue<KeyFact> queue;
    private final StoredTree tree;
    private final TreeHeads heads;
    private final LoggedAccounts accounts;
    private final LongAdder logged;
    private final LongAdder lost;
    private final Thread thread = new Thread(this::run, "bastion-key-log");
    private final Deque<KeyFact> facts = new ArrayDeque<>();
    private final List<StoredTree.Entry> pending = new ArrayList<>();
    private long advancedNanos = System.nanoTime() - HEAD_PAUSE.toNanos();
    private boolean waiting;
    private volatile boolean finishing;

    KeyLogWriter(KeyLogContext context, EventQueue<KeyFact> queue, StoredTree tree, TreeHeads heads) {
        this.context = context;
        this.queue = queue;
        this.tree = tree;
        this.heads = heads;
        this.accounts = new LoggedAccounts(tree);
        this.logged = context.counters().counter("omemo.key-events-logged");
        this.lost = context.counters().counter("omemo.key-events-lost");
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Ends when all that waits is in the database, or after some seconds. */
    void finish() {
        finishing = true;
        LockSupport.unpark(thread);
        try {
            thread.join(CLOSING_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            LOG.warn("{} key events were not logged before the end", pending.size() + facts.size() + queue.waiting());
        }
    }

    private void run() {
        while (true) {
            boolean lastRound = finishing;
            boolean worked = round(lastRound);
            if (lastRound && (!worked || isIdle())) {
                return;
            }
            if (!worked) {
                LockSupport.parkNanos(this, RETRY.toNanos());
            } else if (isIdle()) {
                queue.await(HEAD_PAUSE);
            }
        }
    }

    private boolean isIdle() {
        return pending.isEmpty() && facts.isEmpty() && queue.waiting() == 0;
    }

    /** False when it did not work and is to be tried again. */
    private boolean round(boolean lastRound) {
        try {
            heads.begin();
            if (pending.isEmpty()) {
                take();
            }
            if (!pending.isEmpty()) {
                tree.append(pending);
                logged.add(pending.size());
                pending.clear();
            }
            if (lastRound || System.nanoTime() - advancedNanos >= HEAD_PAUSE.toNanos()) {
                advancedNanos = System.nanoTime();
                heads.advance(lastRound);
                report();
            }
            waiting = false;
            return true;
        } catch (SQLException | IOException | RuntimeException e) {
            if (!waiting) {
                LOG.warn("The key log waits, and tries again every {} s", RETRY.toSeconds(), e);
            }
            waiting = true;
            context.health()
                    .degraded(
                            PART,
                            "The key log cannot go on: " + e.getMessage() + ". Up to " + KeyLog.QUEUE
                                    + " events wait in memory until it can.");
            return false;
        }
    }

    private void report() {
        if (heads.alarm().isEmpty()) {
            context.health().ok(PART);
        } else {
            context.health().failed(PART, heads.alarm());
        }
    }

    private void take() throws SQLException {
        if (facts.isEmpty()) {
            facts.addAll(queue.take(BATCH));
        }
        while (!facts.isEmpty()) {
            // Peeked at, because the database may fail: then the fact is asked about again.
            KeyFact fact = facts.element();
            if (fact instanceof KeyFact.Erased erased) {
                if (!pending.isEmpty()) {
                    // What happened before is logged before.
                    return;
                }
                tree.erase(erased.account());
            } else {
                accounts.changes(fact).forEach(event -> pending.add(new StoredTree.Entry.Happened(event)));
            }
            facts.remove();
        }
        long missing = queue.takeLost();
        if (missing > 0) {
            lost.add(missing);
            pending.add(new StoredTree.Entry.Own(new Leaf.Lost(context.clock().instant(), missing)));
        }
    }
}
