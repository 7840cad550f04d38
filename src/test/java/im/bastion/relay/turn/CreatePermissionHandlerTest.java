// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.relay.stun.AttributeType;
import im.bastion.relay.stun.StunAttribute;
import im.bastion.relay.stun.StunMethod;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CreatePermissionHandlerTest {
    private static final InetSocketAddress PRIVATE = TurnStage.address("10.0.0.1", 53);
    private final TurnStage stage = new TurnStage();
    private final TurnStage.Client romeo = stage.romeo();

    @Test
    void letsDataThroughInBothDirectionsForFiveMinutesThatDataDoesNotProlong() {
        InetSocketAddress relayed = romeo.allocate();
        assertThat(romeo.permit(TurnStage.PEER).isSuccess()).isTrue();
        stage.pass(Duration.ofSeconds(299));
        romeo.sendTo(TurnStage.PEER, "ping");
        assertThat(stage.sockets.sent).hasSize(1);
        assertThat(stage.fromPeer(relayed, TurnStage.PEER, "pong")).isNotNull();
        stage.pass(Duration.ofSeconds(1));
        romeo.sendTo(TurnStage.PEER, "ping");
        assertThat(stage.sockets.sent).hasSize(1);
        assertThat(stage.fromPeer(relayed, TurnStage.PEER, "pong")).isNull();
    }

    @Test
    void countsForAllPortsOfAnAddressAndForNoOtherAddress() {
        InetSocketAddress relayed = romeo.allocate();
        romeo.permit(TurnStage.PEER);
        assertThat(stage.fromPeer(relayed, TurnStage.address("93.184.216.34", 1), "x"))
                .isNotNull();
        assertThat(stage.fromPeer(relayed, TurnStage.address("93.184.216.35", 5_000), "x"))
                .isNull();
    }

    @Test
    void oneDeniedAddressRefusesThemAll() {
        InetSocketAddress relayed = romeo.allocate();
        assertThat(romeo.permit(TurnStage.PEER, PRIVATE).error()).isEqualTo(403);
        assertThat(stage.fromPeer(relayed, TurnStage.PEER, "x")).isNull();
    }

    @Test
    void refusesNoAddressABrokenOneAndOneOfAnotherFamily() {
        romeo.allocate();
        assertThat(romeo.permit().error()).isEqualTo(400);
        assertThat(romeo.ask(
                                StunMethod.CREATE_PERMISSION,
                                new StunAttribute(AttributeType.XOR_PEER_ADDRESS, new byte[5]))
                        .error())
                .isEqualTo(400);
        assertThat(romeo.permit(TurnStage.address("2a00::9", 9)).error()).isEqualTo(443);
    }

    @Test
    void refusesWithoutAllocation() {
        assertThat(romeo.permit(TurnStage.PEER).error()).isEqualTo(437);
    }

    @Test
    void hasALimit() {
        romeo.allocate();
        for (int block = 0; block < Permissions.MAX / 16; block++) {
            assertThat(romeo.permit(peers(block)).isSuccess()).isTrue();
        }
        assertThat(romeo.permit(peers(100)).error()).isEqualTo(508);
        assertThat(romeo.permit(peers(0)).isSuccess()).isTrue();
        stage.pass(Duration.ofMinutes(5));
        assertThat(romeo.permit(peers(100)).isSuccess()).isTrue();
    }

    private static InetSocketAddress[] peers(int block) {
        return IntStream.range(0, 16)
                .mapToObj(i -> TurnStage.address("93.184." + block + "." + i, 1))
                .toArray(InetSocketAddress[]::new);
    }
}
