// SPDX-License-Identifier: Apache-2.0
package im.bastion.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class HealthTest {
    private Instant now = Instant.parse("2026-11-22T10:00:00Z");
    private final Health health = new Health(new Clock() {
        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    });

    @Test
    void sinceIsWhenTheStateBeganNotWhenItWasLastSaid() {
        health.failed("database", "out of reach");
        now = now.plusSeconds(60);
        health.failed("database", "still out of reach");

        assertThat(health.of("database"))
                .isEqualTo(new Health.Report(
                        "database", Health.State.FAILED, Instant.parse("2026-11-22T10:00:00Z"), "still out of reach"));
    }

    @Test
    void aNewStateBeginsNow() {
        health.failed("database", "out of reach");
        now = now.plusSeconds(60);
        health.ok("database");

        assertThat(health.of("database").since()).isEqualTo(now);
        assertThat(health.of("database").message()).isEmpty();
    }

    @Test
    void countersRefuseNamesBuiltFromTraffic() {
        Counters counters = new Counters();

        assertThatThrownBy(() -> {
                    for (int i = 0; i <= 1_000; i++) {
                        counters.counter("seen." + i);
                    }
                })
                .isInstanceOf(IllegalStateException.class);
    }
}
