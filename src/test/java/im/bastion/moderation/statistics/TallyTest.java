// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.store.MemoryRecords;
import im.bastion.store.Records.Row;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TallyTest {
    private static final Instant TEN = Instant.parse("2026-11-24T10:00:00Z");

    private final MemoryRecords records = new MemoryRecords();
    private final List<Row> written = new ArrayList<>();
    private Tally tally = loaded();

    private Tally loaded() {
        Tally fresh = new Tally("rule-hour", 48, 3, row -> {
            written.add(row);
            records.put(List.of(row));
        });
        fresh.load(records);
        return fresh;
    }

    private void count(Instant at, String name, What what) {
        tally.count(at.toEpochMilli(), name, what);
    }

    @Test
    void countsByHourAndName() {
        count(TEN.plusSeconds(1), "a", What.REFUSED);
        count(TEN.plusSeconds(3_599), "a", What.OBSERVED);
        count(TEN.plusSeconds(3_600), "a", What.REFUSED);
        count(TEN.plusSeconds(3_601), "b", What.HELD);
        assertThat(tally.hours(TEN)).containsOnlyKeys(TEN, TEN.plusSeconds(3_600));
        assertThat(tally.hours(TEN).get(TEN).get("a").findings()).isEqualTo(2);
        Map<String, Counts> since = tally.since(TEN.plusSeconds(5_000));
        assertThat(since).containsOnlyKeys("a", "b");
        assertThat(since.get("a").of(What.REFUSED)).isEqualTo(1);
    }

    @Test
    void survivesARestartWithWhatWasNotWrittenBefore() {
        for (int i = 0; i < 250; i++) {
            count(TEN, "a", What.REFUSED);
        }
        assertThat(written).as("a flood is not to flood the database").hasSizeLessThan(5);
        tally.close();
        tally = loaded();
        assertThat(tally.since(TEN).get("a").of(What.REFUSED)).isEqualTo(250);
        count(TEN, "a", What.REFUSED);
        tally.close();
        assertThat(loaded().since(TEN).get("a").of(What.REFUSED)).isEqualTo(251);
    }

    @Test
    void whatIsCountedBeforeTheRestIsReadOverwritesNothing() {
        count(TEN, "a", What.REFUSED);
        tally.close();
        Tally early = new Tally("rule-hour", 48, 3, row -> records.put(List.of(row)));
        early.count(TEN.toEpochMilli(), "a", What.REFUSED);
        early.load(records);
        early.close();
        assertThat(loaded().since(TEN).get("a").of(What.REFUSED)).isEqualTo(2);
    }

    @Test
    void takesABoundedPlace() {
        for (int i = 0; i < 1_000; i++) {
            count(TEN.plusSeconds(3_600L * (i % 100)), "n" + i, What.REFUSED);
        }
        assertThat(tally.hours(Instant.EPOCH)).hasSize(48);
        assertThat(tally.hours(Instant.EPOCH).values())
                .allSatisfy(names -> assertThat(names).hasSizeLessThanOrEqualTo(4));
        assertThat(tally.since(Instant.EPOCH)).containsKey("");
        count(TEN.plusSeconds(3_600L * 99), "x".repeat(2_000), What.REFUSED);
        assertThat(tally.since(Instant.EPOCH).keySet()).allMatch(name -> name.length() < 100);
    }
}
