// SPDX-License-Identifier: Apache-2.0
package im.bastion.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.bastion.host.Database.Dialect;
import im.bastion.metric.Health;
import im.bastion.store.Records.Row;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Records in a real database. */
abstract class RecordTableContract {
    private static final long NEVER = Long.MAX_VALUE;

    private final DatabaseServer server;
    private Records records;

    RecordTableContract(Dialect dialect) {
        this.server = DatabaseServer.of(dialect);
    }

    @BeforeEach
    void open() {
        records = new RecordTable(server.freshDatabase());
    }

    private static Row row(String kind, String id, String scope, long at) {
        return new Row(kind, id, scope, at, NEVER, "{\"text\":\"Grüße, 世界 \uD83D\uDE00\"}");
    }

    @Test
    void whatIsPutIsFoundUnchanged() throws SQLException {
        Row row = row("a", "1", "den", 7);
        records.put(List.of(row));
        assertThat(records.get("a", "1")).contains(row);
        assertThat(records.get("b", "1")).isEmpty();
        assertThat(records.count("a")).isEqualTo(1);
    }

    @Test
    void aSecondPutReplacesTheFirst() throws SQLException {
        records.put(List.of(row("a", "1", "den", 7)));
        Row later = new Row("a", "1", "attic", 9, 100, "{}");
        records.put(List.of(later, row("a", "2", "den", 8)));
        assertThat(records.get("a", "1")).contains(later);
        assertThat(records.count("a")).isEqualTo(2);
    }

    @Test
    void pagesGoFromTheNewestToTheOldest() throws SQLException {
        records.put(List.of(row("a", "1", "den", 1), row("a", "2", "attic", 2), row("a", "3", "den", 3)));
        assertThat(records.newest("a", NEVER, 2)).extracting(Row::id).containsExactly("3", "2");
        assertThat(records.newest("a", 2, 9)).extracting(Row::id).containsExactly("1");
        assertThat(records.newest("a", "den", NEVER, 9)).extracting(Row::id).containsExactly("3", "1");
    }

    @Test
    void pagesInTheOrderOfIdsMissNothing() throws SQLException {
        records.put(List.of(
                row("a", "2026-11-24/b", "", 1), row("a", "2026-11-23/a", "", 1), row("a", "2026-11-24/a", "", 1)));
        assertThat(records.after("a", "2026-11-24", 1)).extracting(Row::id).containsExactly("2026-11-24/a");
        assertThat(records.after("a", "2026-11-24/a", 9)).extracting(Row::id).containsExactly("2026-11-24/b");
        assertThat(records.after("b", "", 9)).isEmpty();
    }

    @Test
    void whatHasExpiredIsPurged() throws SQLException {
        records.put(List.of(new Row("a", "1", "", 1, 50, "{}"), new Row("a", "2", "", 1, 51, "{}")));
        assertThat(records.purge(50, 10)).isEqualTo(1);
        assertThat(records.get("a", "1")).isEmpty();
        assertThat(records.delete("a", "2")).isTrue();
        assertThat(records.delete("a", "2")).isFalse();
    }

    @Test
    void aBodyThatIsNoObjectIsRefusedAndNothingIsWritten() throws SQLException {
        assertThatThrownBy(() -> records.put(List.of(row("a", "1", "", 1), new Row("a", "2", "", 1, NEVER, "[]"))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(records.count("a")).isZero();
    }

    @Test
    void theWriterWritesTheLastOfSeveralChanges() throws Exception {
        try (RecordWriter writer = new RecordWriter(records, new Health(Clock.systemUTC()), Clock.systemUTC())) {
            for (int i = 1; i <= 500; i++) {
                writer.put(row("a", String.valueOf(i % 50), "", i));
            }
            assertThat(writer.flush(20_000)).isTrue();
        }
        assertThat(records.count("a")).isEqualTo(50);
        assertThat(records.get("a", "0").orElseThrow().at()).isEqualTo(500);
    }
}
