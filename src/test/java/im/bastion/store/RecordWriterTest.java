// SPDX-License-Identifier: Apache-2.0
package im.bastion.store;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.metric.Health;
import im.bastion.store.Records.Row;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Records are written behind the back of the stanza, whatever the database does meanwhile. */
class RecordWriterTest {
    private final FailingRecords records = new FailingRecords();
    private final Health health = new Health(Clock.systemUTC());
    private final RecordWriter writer = new RecordWriter(records, health, Clock.systemUTC());

    /** A database that can be away, and says what was written in which order. */
    private static final class FailingRecords implements Records {
        private final MemoryRecords rows = new MemoryRecords();
        private final List<String> written = new ArrayList<>();
        private volatile boolean away;

        @Override
        public synchronized void put(List<Row> batch) throws SQLException {
            if (away) {
                throw new SQLException("connection refused");
            }
            batch.forEach(row -> written.add(row.id() + "=" + row.body()));
            rows.put(batch);
        }

        @Override
        public Optional<Row> get(String kind, String id) {
            return rows.get(kind, id);
        }

        @Override
        public boolean delete(String kind, String id) {
            return rows.delete(kind, id);
        }

        @Override
        public List<Row> newest(String kind, long before, int max) {
            return rows.newest(kind, before, max);
        }

        @Override
        public List<Row> newest(String kind, String scope, long before, int max) {
            return rows.newest(kind, scope, before, max);
        }

        @Override
        public List<Row> after(String kind, String id, int max) {
            return rows.after(kind, id, max);
        }

        @Override
        public long count(String kind) {
            return rows.count(kind);
        }

        @Override
        public int purge(long now, int max) {
            return rows.purge(now, max);
        }
    }

    @AfterEach
    void close() {
        records.away = false;
        writer.close();
    }

    private static Row row(int id, String body) {
        return new Row("case", "id-" + id, "", id, Long.MAX_VALUE, body);
    }

    private Health.State state() {
        Health.Report report = health.of("records");
        return report == null ? null : report.state();
    }

    @Test
    void whatComesWhileTheDatabaseIsAwayIsWrittenWhenItIsBackAndOfEachTheLast() throws Exception {
        records.away = true;
        writer.put(row(1, "{\"n\":1}"));
        Awaitility.await().until(() -> state() == Health.State.DEGRADED);
        writer.put(row(2, "{\"n\":2}"));
        writer.put(row(1, "{\"n\":3}"));
        assertThat(records.written).isEmpty();
        records.away = false;
        assertThat(writer.flush(20_000)).isTrue();
        assertThat(records.written).containsExactlyInAnyOrder("id-1={\"n\":3}", "id-2={\"n\":2}");
        assertThat(state()).isEqualTo(Health.State.OK);
    }

    @Test
    void moreThanCanWaitPutsOutTheOldestAndSaysSo() throws Exception {
        records.away = true;
        writer.put(row(0, "{}"));
        Awaitility.await().until(() -> state() == Health.State.DEGRADED);
        for (int i = 1; i <= RecordWriter.MAX_WAITING + 100; i++) {
            writer.put(row(i, "{}"));
        }
        records.away = false;
        assertThat(writer.flush(60_000)).isTrue();
        assertThat(records.count("case")).isLessThanOrEqualTo(RecordWriter.MAX_WAITING + 1);
        assertThat(records.get("case", "id-" + (RecordWriter.MAX_WAITING + 100)))
                .as("the newest")
                .isPresent();
        assertThat(records.get("case", "id-1")).as("the oldest").isEmpty();
        assertThat(state()).isEqualTo(Health.State.DEGRADED);
        assertThat(health.of("records").message()).contains("records were lost");
    }

    @Test
    void whatWaitsIsWrittenAtTheEnd() {
        for (int i = 0; i < 1_000; i++) {
            writer.put(row(i, "{}"));
        }
        writer.close();
        assertThat(records.count("case")).isEqualTo(1_000);
    }
}
