// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Entries on their way from the disk to the database, in order. While the disk fails, one batch at a time goes through
 * memory instead. One thread puts in, one takes out.
 */
final class Backlog {
    /**
     * Entries to write in one transaction.
     *
     * @param end of these records in the spool; negative when they came through memory
     * @param damagedBytes could not be read as entries
     */
    record Chunk(List<PendingEntry> entries, long end, long damagedBytes) {
        boolean isEmpty() {
            return entries.isEmpty() && damagedBytes == 0;
        }

        boolean isFromMemory() {
            return end < 0;
        }
    }

    private final AuditSpool spool;
    private List<PendingEntry> held = List.of();
    private String diskTrouble = "";
    private long changes;

    Backlog(AuditSpool spool) {
        this.spool = spool;
    }

    /** Adds the entries, safe from a crash if the disk works. False when there is no room now: try again later. */
    synchronized boolean put(List<PendingEntry> entries) {
        if (!held.isEmpty()) {
            // Those behind the one in memory must not overtake it.
            return false;
        }
        List<byte[]> records = entries.stream().map(EntryCodec::encode).toList();
        boolean stored;
        try {
            stored = spool.append(records);
            if (!stored && spool.waitingBytes() == 0) {
                spool.trim();
                stored = spool.append(records);
            }
            diskTrouble = "";
        } catch (IOException e) {
            diskTrouble = e.toString();
            held = entries;
            stored = true;
        }
        changed();
        return stored;
    }

    /** The oldest entries, the same ones until {@link #done}; no entries and no damage when there is nothing to do. */
    synchronized Chunk next(int max) {
        Chunk chunk = fromDisk(max);
        return chunk.isEmpty() && !held.isEmpty() ? new Chunk(held, -1, 0) : chunk;
    }

    /** These entries are in the database. */
    synchronized void done(Chunk chunk) {
        if (chunk.isFromMemory()) {
            held = List.of();
        } else {
            spool.confirm(chunk.end());
        }
        changed();
    }

    /** Frees the disk of entries that are in the database. */
    synchronized void trim() {
        try {
            spool.trim();
        } catch (IOException e) {
            diskTrouble = e.toString();
        }
    }

    /** Bytes on disk that are not in the database. */
    long waitingBytes() {
        return spool.waitingBytes();
    }

    /** What is wrong with the disk; empty when nothing is. */
    synchronized String diskTrouble() {
        return diskTrouble;
    }

    /** A number that is another one after each change; for {@link #await}. */
    synchronized long changes() {
        return changes;
    }

    /** Waits for a change after the given number was asked for. False when the time is over first. */
    synchronized boolean await(long since, Duration atMost) {
        long deadline = System.nanoTime() + atMost.toNanos();
        long left = atMost.toNanos();
        while (changes == since && left > 0) {
            try {
                // Rounded up: wait(0) would wait for ever.
                wait(left / 1_000_000 + 1);
            } catch (InterruptedException e) {
                // Swallowed: nobody has a reason to interrupt these threads, and an interrupted one closes the spool.
                return true;
            }
            left = deadline - System.nanoTime();
        }
        return changes != since;
    }

    /** Lets those who wait look again. */
    synchronized void changed() {
        changes++;
        notifyAll();
    }

    private Chunk fromDisk(int max) {
        try {
            AuditSpool.Records records = spool.read(max);
            List<PendingEntry> entries = new ArrayList<>();
            long damaged = records.damagedBytes();
            for (byte[] payload : records.payloads()) {
                try {
                    entries.add(EntryCodec.decode(payload));
                } catch (IllegalArgumentException e) {
                    damaged += payload.length;
                }
            }
            return new Chunk(entries, records.end(), damaged);
        } catch (IOException e) {
            diskTrouble = e.toString();
            return new Chunk(List.of(), 0, 0);
        }
    }
}
