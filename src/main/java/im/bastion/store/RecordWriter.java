// SPDX-License-Identifier: Apache-2.0
package im.bastion.store;

import im.bastion.metric.Health;
import im.bastion.store.Records.Row;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes records behind the back of those who cannot wait, in the order in which they were last changed; of several writes
 * of the same record that still wait, the last. Keeps up to {@link #MAX_WAITING} while the database is away, then drops
 * the oldest and says so. Also deletes what has expired.
 */
public final class RecordWriter implements AutoCloseable {
    /** How many records may wait. */
    public static final int MAX_WAITING = 20_000;

    private static final Logger LOG = LoggerFactory.getLogger(RecordWriter.class);
    private static final String PART = "records";
    private static final int BATCH = 200;
    private static final long RETRY_MILLIS = 2_000;
    private static final long CLOSING_RETRY_MILLIS = 100;
    private static final long PURGE_MILLIS = TimeUnit.MINUTES.toMillis(10);
    private static final long CLOSING_MILLIS = 5_000;

    private final Records records;
    private final Health health;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Map<String, Row> waiting = new LinkedHashMap<>();
    private final Thread thread = new Thread(this::run, "bastion-records");
    private boolean writing;
    private boolean closing;
    private long dropped;
    private long purgedAt;

    public RecordWriter(Records records, Health health, InstantSource clock) {
        this.records = records;
        this.health = health;
        this.clock = clock;
        thread.setDaemon(true);
        thread.start();
    }

    /** Writes the record soon. Never blocks on the database. */
    public void put(Row row) {
        lock.lock();
        try {
            String key = row.kind() + ' ' + row.id();
            waiting.remove(key);
            if (waiting.size() >= MAX_WAITING) {
                Iterator<Row> oldest = waiting.values().iterator();
                oldest.next();
                oldest.remove();
                dropped++;
            }
            waiting.put(key, row);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Waits until everything handed in has been written; false when that took longer. */
    public boolean flush(long millis) throws InterruptedException {
        long left = TimeUnit.MILLISECONDS.toNanos(millis);
        lock.lock();
        try {
            while (!waiting.isEmpty() || writing) {
                if (left <= 0) {
                    return false;
                }
                left = changed.awaitNanos(left);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Writes what waits, for some seconds at most. */
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        try {
            thread.join(CLOSING_MILLIS);
            thread.interrupt();
            thread.join(CLOSING_MILLIS);
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try {
            List<Row> batch = next();
            while (batch != null) {
                if (!batch.isEmpty() && !write(batch)) {
                    putBack(batch);
                }
                purge();
                batch = next();
            }
        } catch (InterruptedException e) {
            LOG.warn("{} records were not written before the end", waiting.size());
        }
    }

    /** The next records; empty when it is time to purge, null at the end. */
    private List<Row> next() throws InterruptedException {
        lock.lock();
        try {
            writing = false;
            changed.signalAll();
            long left = TimeUnit.MILLISECONDS.toNanos(PURGE_MILLIS);
            while (waiting.isEmpty() && !closing && left > 0) {
                left = changed.awaitNanos(left);
            }
            if (waiting.isEmpty()) {
                return closing ? null : List.of();
            }
            List<Row> batch = new ArrayList<>();
            Iterator<Row> rows = waiting.values().iterator();
            while (rows.hasNext() && batch.size() < BATCH) {
                batch.add(rows.next());
                rows.remove();
            }
            writing = true;
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private boolean write(List<Row> batch) {
        try {
            records.put(batch);
            if (dropped == 0) {
                health.ok(PART);
            } else {
                health.degraded(PART, dropped + " records were lost while the database was away");
            }
            return true;
        } catch (IllegalArgumentException e) {
            LOG.error("A record that cannot be stored is dropped: {}", e.getMessage());
            return true;
        } catch (SQLException e) {
            health.degraded(PART, "The database does not take records now: " + e.getMessage());
            return false;
        }
    }

    private void putBack(List<Row> batch) throws InterruptedException {
        lock.lock();
        try {
            Map<String, Row> newer = new LinkedHashMap<>(waiting);
            waiting.clear();
            batch.forEach(row -> waiting.put(row.kind() + ' ' + row.id(), row));
            waiting.putAll(newer);
            boolean wasClosing = closing;
            long left = TimeUnit.MILLISECONDS.toNanos(wasClosing ? CLOSING_RETRY_MILLIS : RETRY_MILLIS);
            while (left > 0 && closing == wasClosing) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    private void purge() {
        long now = clock.millis();
        if (Math.abs(now - purgedAt) < PURGE_MILLIS) {
            return;
        }
        purgedAt = now;
        try {
            int purged = records.purge(now, Records.MAX_PAGE);
            LOG.debug("{} expired records deleted", purged);
        } catch (SQLException e) {
            LOG.debug("Expired records were not deleted: {}", e.getMessage());
        }
    }
}
