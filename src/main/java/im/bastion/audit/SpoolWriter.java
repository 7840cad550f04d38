// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit;

import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** The thread from memory to disk. Waits for the database only when the disk is full or fails. */
final class SpoolWriter implements Runnable {
    private final EventQueue<AuditEvent> queue;
    private final Backlog backlog;
    private final AuditHealth health;
    private final Clock clock;
    private final int batch;
    private final Duration patience;
    private volatile boolean finishing;
    private volatile boolean abandoned;
    private volatile int unplaced;

    SpoolWriter(EventQueue<AuditEvent> queue, Backlog backlog, AuditHealth health, Clock clock, AuditLimits limits) {
        this.queue = queue;
        this.backlog = backlog;
        this.health = health;
        this.clock = clock;
        this.batch = limits.batchEntries();
        this.patience = limits.stall().dividedBy(2);
    }

    @Override
    public void run() {
        while (!abandoned) {
            // Here, because the other thread cannot say that it is stuck.
            health.look();
            boolean isLastRound = finishing;
            long lost = queue.takeLost();
            List<AuditEvent> events = queue.take(batch);
            int taken = events.size();
            if (lost > 0) {
                events.add(AuditNotice.entriesLost(clock, lost));
            }
            if (events.isEmpty()) {
                if (isLastRound) {
                    return;
                }
                queue.await(patience);
            } else if (!place(events)) {
                unplaced = taken;
                queue.countLost(lost);
            }
        }
    }

    /** Ends when all that was handed in is on disk. */
    void finish() {
        queue.close();
        finishing = true;
    }

    /** Ends now. */
    void abandon() {
        abandoned = true;
        backlog.changed();
    }

    /** After the thread has ended: the number of events that were taken up and then found no place. */
    int unplaced() {
        return unplaced + queue.take(Integer.MAX_VALUE).size();
    }

    /** False when told to end before there was room. */
    private boolean place(List<AuditEvent> events) {
        List<PendingEntry> entries = events.stream().map(PendingEntry::of).toList();
        long mark = backlog.changes();
        while (!backlog.put(entries)) {
            health.roomLeft(false);
            if (abandoned) {
                return false;
            }
            health.look();
            backlog.await(mark, patience);
            mark = backlog.changes();
        }
        health.roomLeft(true);
        return true;
    }
}
