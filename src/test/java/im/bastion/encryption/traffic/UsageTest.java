// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.encryption.Sample;
import im.bastion.encryption.traffic.Usage.Count;
import im.bastion.store.MemoryRecords;
import im.bastion.store.PolicyBody;
import im.bastion.store.Records.Row;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UsageTest {
    private static final long DAY = 20_000;

    private final MemoryRecords records = new MemoryRecords();
    private final Usage usage = new Usage("n1");

    @Test
    void countsAreWrittenAndReadAgain() throws SQLException {
        usage.saw(DAY, "home.example", "away.example", Protection.CLEAR);
        usage.saw(DAY, "home.example", "away.example", Protection.CLEAR);
        usage.saw(DAY, "home.example", "den@conference.home.example", Protection.OMEMO_2);
        usage.write(records, DAY, 90);
        usage.saw(DAY, "home.example", "away.example", Protection.CLEAR);
        usage.write(records, DAY, 90);

        assertThat(Usage.read(records, DAY - 1, DAY))
                .containsExactlyInAnyOrder(
                        new Count(DAY, "home.example", "away.example", Protection.CLEAR, 3),
                        new Count(DAY, "home.example", "den@conference.home.example", Protection.OMEMO_2, 1));
        assertThat(Usage.read(records, DAY + 1, DAY + 2)).isEmpty();
    }

    @Test
    void eachNodeHasItsOwnRecords() throws SQLException {
        Usage other = new Usage("n2");
        usage.saw(DAY, "a.example", "b.example", Protection.OX);
        other.saw(DAY, "a.example", "b.example", Protection.OX);
        usage.write(records, DAY, 90);
        other.write(records, DAY, 90);

        assertThat(Usage.read(records, DAY, DAY)).hasSize(2);
    }

    @Test
    void aDayThatIsOverIsWrittenOnceMoreAndForgotten() throws SQLException {
        usage.saw(DAY, "a.example", "b.example", Protection.OX);
        usage.write(records, DAY + 1, 90);
        usage.write(records, DAY + 1, 90);
        records.put(List.of());
        usage.saw(DAY + 1, "a.example", "b.example", Protection.OX);
        usage.write(records, DAY + 1, 90);

        assertThat(Usage.read(records, DAY, DAY + 1)).hasSize(2);
    }

    @Test
    void recordsExpireWhenTheirTimeHasCome() throws SQLException {
        usage.saw(DAY, "a.example", "b.example", Protection.OX);
        usage.write(records, DAY, 90);

        Row row = records.newest(Usage.KIND, Long.MAX_VALUE, 1).get(0);
        assertThat(Duration.ofMillis(row.expiresAt() - row.at())).isEqualTo(Duration.ofDays(90));
    }

    @Test
    void thereIsALimitAndNothingGetsLostBehindIt() throws SQLException {
        String longest = "\u00e9".repeat(240);
        for (int i = 0; i < Usage.MAX + 100; i++) {
            usage.saw(DAY, longest + i, longest + i, Protection.CLEAR);
        }
        usage.saw(DAY, "x".repeat(300), "y", Protection.CLEAR);
        usage.write(records, DAY, 90);

        List<Count> counts = Usage.read(records, DAY, DAY);
        assertThat(counts).hasSize(Usage.MAX + 1);
        assertThat(counts.stream().mapToLong(Count::messages).sum()).isEqualTo(Usage.MAX + 101);
        assertThat(records.newest(Usage.KIND, Long.MAX_VALUE, 1_000))
                .allMatch(row -> row.body().getBytes(StandardCharsets.UTF_8).length <= PolicyBody.MAX_BYTES);
    }

    @Test
    void aRecordThatCannotBeReadIsLeftOut() throws SQLException {
        long at = Duration.ofDays(DAY).toMillis();
        for (String body : List.of("{}", "[]", "{\"counts\":[[]]}", "{\"counts\":[[\"a\",\"b\",\"rot13\",1]]}", "{")) {
            records.put(List.of(new Row(Usage.KIND, "x" + body.hashCode(), "" + DAY, at, Long.MAX_VALUE, body)));
        }

        assertThat(Usage.read(records, DAY, DAY)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"CLEAR", "HOLLOW", "PARTLY", "OMEMO_2", "OX"})
    void whatAMessageShowsIsOneOfThese(Protection protection) {
        String children =
                switch (protection) {
                    case CLEAR -> Sample.body("noon");
                    case HOLLOW -> "<encrypted xmlns='urn:xmpp:omemo:2'/>";
                    case PARTLY -> Sample.omemo2() + "<subject>noon</subject>";
                    case OMEMO_2 -> Sample.omemo2();
                    default -> Sample.ox("encrypted");
                };

        assertThat(Protection.of(Sample.shown(children))).isEqualTo(protection);
    }

    @Test
    void keysAloneAreNoMessage() {
        assertThat(Protection.of(Sample.shown(Sample.keyTransport()))).isNull();
    }
}
