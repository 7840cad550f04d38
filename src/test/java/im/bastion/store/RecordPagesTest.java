// SPDX-License-Identifier: Apache-2.0
package im.bastion.store;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.store.Records.Row;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RecordPagesTest {
    private final MemoryRecords records = new MemoryRecords();

    private void put(int count, int ofOneMoment) {
        records.put(IntStream.range(0, count)
                .mapToObj(i -> new Row("case", "id-" + i, "", i / ofOneMoment, Long.MAX_VALUE, "{}"))
                .toList());
    }

    private List<String> read(int max) throws SQLException {
        List<String> ids = new ArrayList<>();
        assertThat(RecordPages.read(records, "case", max, row -> ids.add(row.id())))
                .isEqualTo(ids.size());
        return ids;
    }

    @Test
    void showsEachOnceAlsoWhereAPageEndsAmidAMoment() throws SQLException {
        put(3_500, 300);
        assertThat(read(Integer.MAX_VALUE)).hasSize(3_500).doesNotHaveDuplicates();
    }

    @Test
    void showsTheNewestFirstAndNoMoreThanWanted() throws SQLException {
        put(2_500, 1);
        assertThat(read(1_500)).hasSize(1_500).startsWith("id-2499").endsWith("id-1000");
    }

    @Test
    void comesToAnEndAlsoWithMoreOfOneMomentThanAPageHolds() throws SQLException {
        put(2_500, 2_000);
        assertThat(read(Integer.MAX_VALUE)).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(1_000);
    }

    @Test
    void nothingIsNothing() throws SQLException {
        assertThat(read(10)).isEmpty();
    }
}
