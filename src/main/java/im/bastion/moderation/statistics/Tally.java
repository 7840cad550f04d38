// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.statistics;

import com.google.gson.JsonObject;
import im.bastion.moderation.rule.Scopes;
import im.bastion.store.PolicyBody;
import im.bastion.store.RecordPages;
import im.bastion.store.Records;
import im.bastion.store.Records.Row;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts by hour and name, for so many hours and so many names in each; what is beyond these counts under the empty name.
 * Survives a restart, but for what came within the last minute before a crash. Each call holds the lock for moments.
 */
public final class Tally implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Tally.class);
    private static final long HOUR = Duration.ofHours(1).toMillis();
    private static final long WRITE_EVERY_MILLIS = 60_000;
    private static final int WRITE_EVERY = 100;
    private static final int MAX_NAME_CHARS = 1_024;
    private static final int MAX_LOADED = 200_000;

    /** One name in one hour. */
    private static final class Cell {
        private Counts counts = Counts.NONE;
        private int unwritten;
        private long writtenAt = Long.MIN_VALUE;
    }

    private final String kind;
    private final int hours;
    private final int names;
    private final Consumer<Row> writer;
    private final NavigableMap<Long, Map<String, Cell>> byHour = new TreeMap<>();
    private boolean loaded;

    /**
     * @param kind of the records it is kept in
     * @param writer where what is to be kept is handed to; does not block
     */
    public Tally(String kind, int hours, int names, Consumer<Row> writer) {
        this.kind = kind;
        this.hours = hours;
        this.names = names;
        this.writer = writer;
    }

    /** Reads what was counted before; waits for the database. */
    public void load(Records records) {
        try {
            int read = RecordPages.read(records, kind, MAX_LOADED, this::take);
            LOG.debug("{} records of {} read", read, kind);
        } catch (SQLException e) {
            LOG.warn("What was counted before could not be read; counting begins anew: {}", e.getMessage());
        }
        synchronized (this) {
            loaded = true;
        }
    }

    /** Something happened. */
    public void count(long atMillis, String name, What what) {
        synchronized (this) {
            long hour = Math.floorDiv(atMillis, HOUR);
            Map<String, Cell> cells = byHour.computeIfAbsent(hour, h -> new HashMap<>());
            while (byHour.size() > hours) {
                byHour.pollFirstEntry();
            }
            boolean fits = cells.containsKey(name) || (cells.size() < names && name.length() <= MAX_NAME_CHARS);
            String counted = fits ? name : "";
            Cell cell = cells.computeIfAbsent(counted, n -> new Cell());
            cell.counts = cell.counts.with(what, 1);
            cell.unwritten++;
            boolean due = cell.writtenAt == Long.MIN_VALUE
                    || cell.unwritten >= WRITE_EVERY
                    || Math.abs(atMillis - cell.writtenAt) >= WRITE_EVERY_MILLIS;
            // Not before it is known what it adds to.
            if (due && loaded) {
                write(hour, counted, cell, atMillis);
            }
        }
    }

    /** What was counted for each name from the hour of {@code from} on. */
    public synchronized Map<String, Counts> since(Instant from) {
        Map<String, Counts> sums = new HashMap<>();
        byHour.tailMap(hour(from))
                .values()
                .forEach(cells -> cells.forEach((name, cell) -> sums.merge(name, cell.counts, Counts::plus)));
        return sums;
    }

    /** What was counted for all names in each hour from that of {@code from} on, by the hour's beginning. */
    public synchronized SortedMap<Instant, Map<String, Counts>> hours(Instant from) {
        SortedMap<Instant, Map<String, Counts>> found = new TreeMap<>();
        byHour.tailMap(hour(from)).forEach((hour, cells) -> {
            Map<String, Counts> counts = new HashMap<>();
            cells.forEach((name, cell) -> counts.put(name, cell.counts));
            found.put(Instant.ofEpochMilli(hour * HOUR), Collections.unmodifiableMap(counts));
        });
        return found;
    }

    /** Hands in what is not written yet. */
    @Override
    public synchronized void close() {
        byHour.forEach((hour, cells) -> cells.forEach((name, cell) -> {
            if (cell.unwritten > 0 && loaded) {
                write(hour, name, cell, hour * HOUR);
            }
        }));
    }

    private static long hour(Instant at) {
        return Math.floorDiv(at.toEpochMilli(), HOUR);
    }

    private void write(long hour, String name, Cell cell, long now) {
        cell.unwritten = 0;
        cell.writtenAt = now;
        JsonObject body = new JsonObject();
        body.addProperty("name", name);
        for (What what : What.values()) {
            if (cell.counts.of(what) > 0) {
                body.addProperty(what.name(), cell.counts.of(what));
            }
        }
        long expires = (hour + hours + 1) * HOUR;
        // Spread over the hour, because records are paged by their time.
        long at = hour * HOUR + Math.floorMod(name.hashCode(), HOUR);
        writer.accept(new Row(kind, Long.toHexString(hour) + '-' + Scopes.of(name), "", at, expires, body.toString()));
    }

    private synchronized void take(Row row) {
        JsonObject body = PolicyBody.parse(row.body());
        Counts counts = Counts.NONE;
        for (What what : What.values()) {
            counts = counts.with(
                    what, body.has(what.name()) ? body.get(what.name()).getAsInt() : 0);
        }
        Map<String, Cell> cells = byHour.computeIfAbsent(Math.floorDiv(row.at(), HOUR), h -> new HashMap<>());
        Cell cell = cells.computeIfAbsent(body.get("name").getAsString(), n -> new Cell());
        cell.counts = cell.counts.plus(counts);
        while (byHour.size() > hours) {
            byHour.pollFirstEntry();
        }
    }
}
