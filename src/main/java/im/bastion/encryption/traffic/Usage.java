// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.traffic;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import im.bastion.store.Records;
import im.bastion.store.Records.Row;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How many messages of each protection went from which domain to which domain or room on which day: counted in memory,
 * written as records, kept for a while. No person's address. At most {@link #MAX} counts for each day and node; what is
 * beyond is counted under {@code *}. Thread-safe; counting is one look-up.
 */
public final class Usage {
    /** Counts for each day on this node. */
    public static final int MAX = 5_000;

    static final String KIND = "encryption-usage";

    private static final Logger LOG = LoggerFactory.getLogger(Usage.class);
    private static final String OTHERS = "*";
    private static final int ENTRIES_IN_A_ROW = 50;
    private static final int MAX_NAME = 250;
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

    /**
     * One count.
     *
     * @param day days since the epoch, UTC
     * @param from the senders' domain
     * @param to the recipients' domain, or the bare JID of a room of this server
     */
    public record Count(long day, String from, String to, Protection protection, long messages) {}

    private record Key(String from, String to, Protection protection) {}

    /** One day's counts and how much of them has been written. */
    private static final class Day {
        private final Map<Key, LongAdder> counts = new ConcurrentHashMap<>();
        private final LongAdder total = new LongAdder();
        private long written;

        boolean isWritten() {
            return total.sum() == written;
        }
    }

    private final Map<Long, Day> days = new ConcurrentHashMap<>();
    private final String node;

    /** @param node a name for this process that no other has had, letters and digits, at most 16 */
    public Usage(String node) {
        this.node = node;
    }

    /** Counts one message. */
    public void saw(long day, String from, String to, Protection protection) {
        Day today = days.computeIfAbsent(day, d -> new Day());
        LongAdder count = today.counts.get(new Key(from, to, protection));
        if (count == null) {
            boolean fits = today.counts.size() < MAX && from.length() <= MAX_NAME && to.length() <= MAX_NAME;
            Key key = fits ? new Key(from, to, protection) : new Key(OTHERS, OTHERS, protection);
            count = today.counts.computeIfAbsent(key, k -> new LongAdder());
        }
        count.increment();
        today.total.increment();
    }

    /** Writes what has been counted since the last time, and forgets days that are over. Not for the stanza path. */
    public synchronized void write(Records records, long today, int keepDays) throws SQLException {
        // A message counted for yesterday by a thread that slept since is lost: one of a statistic.
        days.entrySet()
                .removeIf(entry -> entry.getKey() < today && entry.getValue().isWritten());
        for (Map.Entry<Long, Day> entry : days.entrySet()) {
            Day day = entry.getValue();
            if (!day.isWritten()) {
                long total = day.total.sum();
                records.put(rows(entry.getKey(), day, keepDays));
                day.written = total;
            }
        }
    }

    private List<Row> rows(long day, Day counted, int keepDays) {
        long at = day * DAY_MILLIS;
        List<Row> rows = new ArrayList<>();
        JsonArray entries = new JsonArray();
        for (Map.Entry<Key, LongAdder> entry : counted.counts.entrySet()) {
            JsonArray one = new JsonArray();
            one.add(entry.getKey().from());
            one.add(entry.getKey().to());
            one.add(entry.getKey().protection().word());
            one.add(entry.getValue().sum());
            entries.add(one);
            if (entries.size() == ENTRIES_IN_A_ROW) {
                rows.add(row(day, at, rows.size(), keepDays, entries));
                entries = new JsonArray();
            }
        }
        if (!entries.isEmpty()) {
            rows.add(row(day, at, rows.size(), keepDays, entries));
        }
        return rows;
    }

    private Row row(long day, long at, int part, int keepDays, JsonArray entries) {
        JsonObject body = new JsonObject();
        body.add("counts", entries);
        return new Row(
                KIND,
                day + "-" + node + "-" + part,
                String.valueOf(day),
                at,
                at + keepDays * DAY_MILLIS,
                body.toString());
    }

    /** All counts that are stored for these days, each as often as a node or a start wrote it. */
    public static List<Count> read(Records records, long firstDay, long lastDay) throws SQLException {
        List<Count> counts = new ArrayList<>();
        for (long day = firstDay; day <= lastDay; day++) {
            for (Row row : records.newest(KIND, String.valueOf(day), Long.MAX_VALUE, Records.MAX_PAGE)) {
                read(row, counts::add);
            }
        }
        return counts;
    }

    private static void read(Row row, Consumer<Count> into) {
        try {
            for (JsonElement entry :
                    JsonParser.parseString(row.body()).getAsJsonObject().getAsJsonArray("counts")) {
                JsonArray one = entry.getAsJsonArray();
                Protection protection = protection(one.get(2).getAsString());
                if (protection != null) {
                    into.accept(new Count(
                            row.at() / DAY_MILLIS,
                            one.get(0).getAsString(),
                            one.get(1).getAsString(),
                            protection,
                            one.get(3).getAsLong()));
                }
            }
        } catch (RuntimeException e) {
            // Gson's tree answers a wrong type or a missing member with half a dozen different exceptions.
            LOG.warn("The record {} of the use of encryption cannot be read: {}", row.id(), e.getMessage());
        }
    }

    private static Protection protection(String word) {
        for (Protection one : Protection.values()) {
            if (one.word().equals(word)) {
                return one;
            }
        }
        return null;
    }
}
