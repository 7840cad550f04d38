// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit;

import java.time.Duration;

/**
 * How much the log holds back and how patient it is.
 *
 * @param queueEntries in memory, not yet on disk; an entry takes at most 12 KiB there, mostly a tenth of it
 * @param spoolBytes on disk, not yet in the database
 * @param batchEntries in one write to disk and in one transaction
 * @param firstRetry after a failure of the database; doubled after each further one
 * @param longestRetry the pause between two attempts is never longer
 * @param stall a database that has not answered for so long is reported as failing, although nothing has failed: a dead
 *     connection may say nothing for hours
 * @param settle how long entries stay on disk after their commit: the embedded database brings its own files to the disk
 *     only every half second, and a power cut may undo the last commits
 * @param closing how long {@link AuditLog#close()} waits for the database
 */
public record AuditLimits(
        int queueEntries,
        long spoolBytes,
        int batchEntries,
        Duration firstRetry,
        Duration longestRetry,
        Duration stall,
        Duration settle,
        Duration closing) {
    /** What a server runs with. */
    public static final AuditLimits DEFAULT = new AuditLimits(
            4_096,
            64L * 1024 * 1024,
            256,
            Duration.ofMillis(250),
            Duration.ofSeconds(15),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofSeconds(5));
}
