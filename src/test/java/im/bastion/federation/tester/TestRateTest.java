// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class TestRateTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private final TestRate rate = new TestRate();

    @Test
    void oneDomainIsTestedOnceAMinuteByWhomever() {
        assertThat(rate.take("peer.test", "romeo", NOW)).isTrue();
        assertThat(rate.take("peer.test", "juliet", NOW.plusSeconds(59))).isFalse();
        assertThat(rate.take("other.test", "romeo", NOW.plusSeconds(59))).isTrue();
        assertThat(rate.take("peer.test", "juliet", NOW.plusSeconds(60))).isTrue();
    }

    @Test
    void anAdminAndAllOfThemHaveSoManyAnHour() {
        for (int i = 0; i < TestRate.PER_ADMIN; i++) {
            assertThat(rate.take("a" + i + ".test", "romeo", NOW)).isTrue();
            assertThat(rate.take("b" + i + ".test", "juliet", NOW)).isTrue();
        }
        assertThat(rate.take("c.test", "romeo", NOW)).isFalse();
        assertThat(rate.take("c.test", "nurse", NOW)).as("all together").isFalse();
        assertThat(rate.take("c.test", "romeo", NOW.plusSeconds(3_600))).isTrue();
    }
}
