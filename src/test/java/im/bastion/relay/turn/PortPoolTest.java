// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PortPoolTest {
    private static final long MINUTE = 60_000_000_000L;
    private final PortPool pool = new PortPool(50_000, 50_009, new Random(5));

    @Test
    void givesEachPortOnceInNoPlainOrder() {
        Set<Integer> taken = new HashSet<>();
        boolean ascending = true;
        int last = 0;
        for (int i = 0; i < 10; i++) {
            int port = pool.take(false, 0);
            ascending &= port > last;
            last = port;
            assertThat(port).isBetween(50_000, 50_009);
            taken.add(port);
        }
        assertThat(taken).hasSize(10);
        assertThat(ascending).isFalse();
        assertThat(pool.take(false, 0)).isEqualTo(PortPool.NONE);
    }

    @Test
    void givesOnlyEvenPortsToWhoWantsOne() {
        for (int i = 0; i < 5; i++) {
            assertThat(pool.take(true, 0)).isEven();
        }
        assertThat(pool.take(true, 0)).isEqualTo(PortPool.NONE);
        assertThat(pool.take(false, 0)).isOdd();
    }

    @Test
    void aReturnedPortRestsAMinuteUnlessNoOtherIsLeft() {
        int port = pool.take(false, 0);
        pool.release(port, 0);
        for (int i = 0; i < 9; i++) {
            assertThat(pool.take(false, 0)).isNotEqualTo(port);
        }
        assertThat(pool.take(false, 0)).isEqualTo(port);
    }

    @Test
    void aRestedPortIsAsGoodAsAnyOther() {
        for (int i = 0; i < 10; i++) {
            pool.release(pool.take(false, i), i);
        }
        Set<Integer> again = new HashSet<>();
        for (int i = 0; i < 10; i++) {
            again.add(pool.take(false, MINUTE + 10));
        }
        assertThat(again).hasSize(10);
    }

    @Test
    void aPairIsAnEvenPortAndTheNext() {
        Set<Integer> first = new HashSet<>();
        for (int i = 0; i < 5; i++) {
            int port = pool.takePair(0);
            assertThat(port).isEven();
            assertThat(first.add(port)).isTrue();
        }
        assertThat(pool.takePair(0)).isEqualTo(PortPool.NONE);
        assertThat(pool.take(false, 0)).isEqualTo(PortPool.NONE);
    }

    @Test
    void halfAPairIsNone() {
        PortPool small = new PortPool(50_000, 50_001, new Random(5));
        small.take(false, 0);
        assertThat(small.takePair(0)).isEqualTo(PortPool.NONE);
    }
}
