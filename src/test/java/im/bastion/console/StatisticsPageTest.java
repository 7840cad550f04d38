// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.moderation.statistics.What;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.JID;

/** Numbers over time, as pictures and as tables. */
class StatisticsPageTest {
    private final Stage stage = new Stage();
    private final Browser admin = new Browser("admin");
    private final JID den = stage.host.rooms().create("den", stage.host.users().register("owner"));

    @AfterEach
    void close() {
        stage.close();
    }

    private String get(String page, Map<String, String> parameters) {
        return admin.get(stage.page(page), parameters).html();
    }

    @Test
    void statisticsArePicturesWithTheSameNumbersAsATable() {
        var statistics = stage.moderation.services().statistics();
        long now = Stage.NOW.toEpochMilli();
        for (int rule = 0; rule < 9; rule++) {
            for (int i = 0; i <= rule; i++) {
                statistics.count(now - 3_600_000L * rule, "moderation.r" + rule, den.toString(), What.REFUSED);
            }
        }
        statistics.count(now, "moderation.r8", den.toString(), What.OVERTURNED);
        statistics.count(now, "moderation.r8", den.toString(), What.APPEALED);
        statistics.count(now - Duration.ofDays(10).toMillis(), "moderation.old", den.toString(), What.HELD);
        statistics.count(now, "", den.toString(), What.RETRACTED);
        String html = get("statistics", Map.of());
        assertThat(html)
                .contains(
                        "role=\"img\"",
                        "<desc",
                        "14:00, 3 other rules: 1",
                        "06:00, moderation.r8: 9",
                        "3 other rules: 6")
                .contains("88.9 %", "people, without a rule")
                .doesNotContain("moderation.old");
        assertThat(get("statistics", Map.of("period", "month"))).contains("moderation.old", "11-12");
        assertThat(get("statistics", Map.of("period", "<x>"))).contains("14:00");
        assertThat(get("room", Map.of("room", den.toString()))).contains("chart-room", "14:00, Findings: 1");
    }

    @Test
    void aChartHasRoundNumbersAndBarsWithinIt() {
        for (int highest : new int[] {0, 1, 2, 3, 7, 19, 20, 21, 99, 101, 12_345, 2_000_000_000}) {
            Chart chart =
                    new Chart("x", "t", "d", List.of("a", "b"), List.of(new Chart.Series("s", List.of(highest, 0))));
            assertThat(chart.top()).isGreaterThanOrEqualTo(Math.max(highest, 2));
            assertThat(chart.bars()).allSatisfy(bar -> {
                assertThat(bar.y()).isBetween((double) Chart.TOP, (double) Chart.HEIGHT - Chart.BOTTOM);
                assertThat(bar.x() + bar.width()).isLessThanOrEqualTo(Chart.WIDTH);
            });
            assertThat(chart.isEmpty()).isEqualTo(highest == 0);
        }
    }
}
