// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MeterTest {
    private static final long START = Long.MAX_VALUE - 500_000_000L;

    @ParameterizedTest
    @ValueSource(longs = {10_000, 1_000_000, 100_000_000, 10_000_000_000L})
    void inTheLongRunSoManyBytesPassASecond(long bytesPerSecond) {
        Meter meter = new Meter(bytesPerSecond);
        int packet = (int) Math.min(1_000_000, bytesPerSecond / 100);
        long passed = 0;
        for (int millis = 0; millis < 10_000; millis++) {
            for (int i = 0; i < 100 && meter.pass(packet, at(millis)); i++) {
                passed += packet;
            }
        }
        assertThat(passed).isBetween(10 * bytesPerSecond, 11 * bytesPerSecond + bytesPerSecond / 10);
    }

    @Test
    void withoutALimitEverythingPasses() {
        Meter meter = new Meter(0);
        for (int i = 0; i < 1_000; i++) {
            assertThat(meter.pass(Integer.MAX_VALUE, at(0))).isTrue();
        }
    }

    @Test
    void anotherLimitActsAtOnce() {
        Meter meter = new Meter(1_000);
        assertThat(meter.pass(1_001, at(0))).isFalse();
        meter.limit(2_000);
        assertThat(meter.pass(1_001, at(0))).isTrue();
    }

    private static Moment at(long millis) {
        return new Moment(START + millis * 1_000_000L, 0);
    }
}
