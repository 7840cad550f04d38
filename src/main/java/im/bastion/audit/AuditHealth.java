// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit;

import im.bastion.metric.Health;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts what the two threads of the log run into together as one report, health of "audit". Thread-safe. */
final class AuditHealth {
    private static final Logger LOG = LoggerFactory.getLogger(AuditHealth.class);
    private static final String PART = "audit";
    private static final double MIB = 1024.0 * 1024.0;

    private final Health health;
    private final Backlog backlog;
    private final AuditLimits limits;
    private String databaseTrouble = "";
    private boolean isAsked;
    private long askedNanos;
    private boolean isFull;

    AuditHealth(Health health, Backlog backlog, AuditLimits limits) {
        this.health = health;
        this.backlog = backlog;
        this.limits = limits;
    }

    /** The database has been given entries and has not answered yet. */
    synchronized void databaseAsked() {
        isAsked = true;
        askedNanos = System.nanoTime();
    }

    /** To be called now and then: finds a database that never answers. */
    synchronized void look() {
        long waiting = System.nanoTime() - askedNanos;
        if (isAsked && databaseTrouble.isEmpty() && waiting > limits.stall().toNanos()) {
            LOG.warn("The database has not answered for {} s; audit entries wait on disk", waiting / 1_000_000_000);
            databaseTrouble = "no answer for " + waiting / 1_000_000_000 + " s";
            report();
        }
    }

    synchronized void databaseWorks() {
        if (!databaseTrouble.isEmpty()) {
            LOG.info("Audit entries are written to the database again");
        }
        isAsked = false;
        databaseTrouble = "";
        report();
    }

    synchronized void databaseFails(Exception cause) {
        if (databaseTrouble.isEmpty()) {
            LOG.warn("Audit entries cannot be written to the database and wait on disk", cause);
        }
        isAsked = false;
        databaseTrouble = cause.getMessage() == null ? cause.toString() : cause.getMessage();
        report();
    }

    synchronized void roomLeft(boolean isLeft) {
        isFull = !isLeft;
        report();
    }

    private void report() {
        String disk = backlog.diskTrouble();
        if (databaseTrouble.isEmpty() && disk.isEmpty() && !isFull) {
            health.ok(PART);
            return;
        }
        StringBuilder words = new StringBuilder();
        if (!databaseTrouble.isEmpty()) {
            words.append(String.format(
                    "The database does not take audit entries (%s). %.1f of %.1f MiB wait on disk and are written in"
                            + " order as soon as it does. ",
                    databaseTrouble, backlog.waitingBytes() / MIB, limits.spoolBytes() / MIB));
        }
        if (!disk.isEmpty()) {
            words.append("The disk does not take audit entries (")
                    .append(disk)
                    .append("): those of the last moments would be lost in a crash. ");
        }
        if (isFull) {
            words.append("There is no room left for audit entries; those that are lost from now on are counted. ");
        }
        if (databaseTrouble.isEmpty()) {
            health.degraded(PART, words.toString().strip());
        } else {
            health.failed(PART, words.toString().strip());
        }
    }
}
