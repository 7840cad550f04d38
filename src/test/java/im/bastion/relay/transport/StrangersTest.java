// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.transport;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.policy.IpLiteral;
import im.bastion.relay.turn.Moment;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

class StrangersTest {
    private static final Moment START = new Moment(Long.MAX_VALUE - 1_000, 0);
    private final LongAdder turnedAway = new LongAdder();
    private final Strangers strangers = new Strangers(100, turnedAway, new LongAdder());
    private final List<Integer> closed = new ArrayList<>();

    @Test
    void theOldestGoesWhenThereAreTooMany() {
        for (int i = 0; i < 150; i++) {
            assertThat(strangers.admit(stranger(i), address("10.0.0." + i), START))
                    .isTrue();
        }
        assertThat(strangers.size()).isEqualTo(100);
        assertThat(closed).hasSize(50).startsWith(0, 1, 2).endsWith(49);
        assertThat(turnedAway.sum()).isEqualTo(50);
    }

    @Test
    void aHundredThousandHalfOpenConnectionsAreNeverMoreThanTheBound() {
        for (int i = 0; i < 100_000; i++) {
            strangers.admit(stranger(i), address("2a00:" + Integer.toHexString(i % 60_000) + "::1"), START);
            assertThat(strangers.size()).isLessThanOrEqualTo(100);
        }
    }

    @Test
    void oneAddressHasItsShareAndOneIpv6NetworkToo() {
        for (int i = 0; i < 80; i++) {
            assertThat(strangers.admit(stranger(i), address("2a00:1:2:3::" + i), START))
                    .isEqualTo(i < Strangers.MAX_PER_ADDRESS);
        }
        assertThat(strangers.admit(stranger(81), address("2a00:1:2:4::1"), START))
                .isTrue();
    }

    @Test
    void whoDoesNotComeToThePointInTimeHasToGo() {
        Strangers.Stranger known = stranger(1);
        strangers.admit(known, address("10.0.0.1"), START);
        strangers.admit(stranger(2), address("10.0.0.2"), START);
        strangers.forget(known);
        strangers.expire(later(Strangers.PATIENCE_SECONDS * 1_000_000_000L - 1));
        assertThat(closed).isEmpty();
        strangers.expire(later(Strangers.PATIENCE_SECONDS * 1_000_000_000L));
        assertThat(closed).containsExactly(2);
        assertThat(strangers.size()).isZero();
    }

    private static Moment later(long nanos) {
        return new Moment(START.nanos() + nanos, 0);
    }

    private static InetAddress address(String ip) {
        return IpLiteral.parse(ip);
    }

    /** As a connection does: when it ends it is forgotten. */
    private Strangers.Stranger stranger(int number) {
        return new Strangers.Stranger() {
            @Override
            public void close() {
                closed.add(number);
                strangers.forget(this);
            }
        };
    }
}
