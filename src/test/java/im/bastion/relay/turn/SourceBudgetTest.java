// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.policy.IpLiteral;
import java.net.InetAddress;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SourceBudgetTest {
    private static final InetAddress ONE = IpLiteral.parse("192.0.2.1");
    /** The monotonic clock overflows in the middle of the test. */
    private static final long START = Long.MAX_VALUE - 500_000_000L;

    private final SourceBudget budget = new SourceBudget(1 << 10, 5, 10, new Random(7));

    @Test
    void allowsABurstThenSoManyASecond() {
        assertThat(taken(ONE, 0, 20)).isEqualTo(5);
        assertThat(taken(ONE, 99, 5)).isZero();
        assertThat(taken(ONE, 100, 5)).isEqualTo(1);
        assertThat(taken(ONE, 400, 20)).isEqualTo(3);
        assertThat(taken(ONE, 10_000, 20)).isEqualTo(5);
    }

    @Test
    void lookingCostsNothing() {
        for (int i = 0; i < 100; i++) {
            assertThat(budget.has(ONE, at(0))).isTrue();
        }
        taken(ONE, 0, 5);
        assertThat(budget.has(ONE, at(50))).isFalse();
        assertThat(budget.has(ONE, at(100))).isTrue();
    }

    @Test
    void sourcesHaveTheirOwnButOneNetworkOfIpv6IsOneSource() {
        taken(ONE, 0, 5);
        assertThat(taken(IpLiteral.parse("192.0.2.2"), 0, 5)).isEqualTo(5);
        assertThat(taken(IpLiteral.parse("2a00:1:2:3::1"), 0, 5)).isEqualTo(5);
        assertThat(taken(IpLiteral.parse("2a00:1:2:3:ffff::2"), 0, 5)).isZero();
        assertThat(taken(IpLiteral.parse("2a00:1:2:4::1"), 0, 5)).isEqualTo(5);
    }

    private int taken(InetAddress source, long millis, int tries) {
        int taken = 0;
        for (int i = 0; i < tries; i++) {
            taken += budget.take(source, at(millis)) ? 1 : 0;
        }
        return taken;
    }

    private static Moment at(long millis) {
        return new Moment(START + millis * 1_000_000L, 0);
    }
}
