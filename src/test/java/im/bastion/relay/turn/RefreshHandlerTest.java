// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.relay.stun.AttributeType;
import im.bastion.relay.stun.FirstByteAttribute;
import im.bastion.relay.stun.LifetimeAttribute;
import im.bastion.relay.stun.StunAttribute;
import im.bastion.relay.stun.StunMethod;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RefreshHandlerTest {
    private final TurnStage stage = new TurnStage();
    private final TurnStage.Client romeo = stage.romeo();

    @Test
    void givesALongerLife() {
        romeo.allocate();
        stage.pass(Duration.ofSeconds(599));
        assertThat(romeo.ask(StunMethod.REFRESH, LifetimeAttribute.of(1_000)).lifetime())
                .isEqualTo(1_000);
        stage.pass(Duration.ofSeconds(999));
        stage.server.expire(stage.now());
        assertThat(stage.quota.total()).isEqualTo(1);
        stage.pass(Duration.ofSeconds(1));
        stage.server.expire(stage.now());
        assertThat(stage.quota.total()).isZero();
        assertThat(stage.sockets.open).isEmpty();
    }

    @Test
    void lifetimeZeroEndsTheAllocation() {
        romeo.allocate();
        assertThat(romeo.ask(StunMethod.REFRESH, LifetimeAttribute.of(0)).lifetime())
                .isZero();
        assertThat(stage.sockets.open).isEmpty();
        assertThat(stage.quota.total()).isZero();
        assertThat(romeo.ask(StunMethod.REFRESH, LifetimeAttribute.of(0)).error())
                .isEqualTo(437);
    }

    @Test
    void refusesWithoutAllocationAndAfterItsLife() {
        assertThat(romeo.ask(StunMethod.REFRESH).error()).isEqualTo(437);
        romeo.allocate();
        stage.pass(Duration.ofMinutes(10));
        romeo.nonce = stage.romeo().nonce;
        assertThat(romeo.ask(StunMethod.REFRESH).error()).isEqualTo(437);
    }

    @Test
    void refusesAnotherUserOnTheSameAddress() {
        romeo.allocate();
        assertThat(stage.client(TurnStage.ROMEO, "juliet@home.example")
                        .ask(StunMethod.REFRESH)
                        .error())
                .isEqualTo(441);
    }

    @Test
    void refusesAnotherFamilyAndABrokenLifetime() {
        romeo.allocate();
        assertThat(romeo.ask(StunMethod.REFRESH, FirstByteAttribute.of(AttributeType.REQUESTED_ADDRESS_FAMILY, 2))
                        .error())
                .isEqualTo(443);
        assertThat(romeo.ask(StunMethod.REFRESH, new StunAttribute(AttributeType.LIFETIME, new byte[2]))
                        .error())
                .isEqualTo(400);
    }
}
