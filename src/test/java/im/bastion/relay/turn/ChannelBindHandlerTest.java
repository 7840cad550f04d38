// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.relay.stun.ChannelNumberAttribute;
import im.bastion.relay.stun.StunMethod;
import im.bastion.relay.stun.UnsignedAttribute;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChannelBindHandlerTest {
    private static final InetSocketAddress OTHER_PEER = TurnStage.address("93.184.216.35", 5_000);
    private final TurnStage stage = new TurnStage();
    private final TurnStage.Client romeo = stage.romeo();

    @Test
    void carriesDataBothWaysUnderItsNumber() {
        InetSocketAddress relayed = romeo.allocate();
        assertThat(romeo.bind(0x4000, TurnStage.PEER).isSuccess()).isTrue();
        romeo.sendOn(0x4000, "ping");
        assertThat(stage.sockets.sent)
                .containsExactly(new MemoryRelaySockets.Sent(
                        relayed, TurnStage.PEER, ByteBuffer.wrap("ping".getBytes(US_ASCII))));
        assertThat(stage.fromPeer(relayed, TurnStage.PEER, "pong"))
                .isEqualTo(ByteBuffer.wrap(new byte[] {0x40, 0, 0, 4, 'p', 'o', 'n', 'g'}));
    }

    @Test
    void livesTenMinutesButItsPermissionOnlyFive() {
        InetSocketAddress relayed = romeo.allocate();
        romeo.bind(0x4000, TurnStage.PEER);
        stage.pass(Duration.ofSeconds(301));
        assertThat(stage.fromPeer(relayed, TurnStage.PEER, "x")).isNull();
        romeo.permit(TurnStage.PEER);
        assertThat(stage.fromPeer(relayed, TurnStage.PEER, "x").get(0)).isEqualTo((byte) 0x40);
        stage.pass(Duration.ofSeconds(298));
        romeo.sendOn(0x4000, "x");
        assertThat(stage.sockets.sent).hasSize(1);
        stage.pass(Duration.ofSeconds(1));
        romeo.sendOn(0x4000, "x");
        assertThat(stage.sockets.sent).hasSize(1);
    }

    @Test
    void bindingAgainRefreshesButNeverMoves() {
        romeo.allocate();
        romeo.bind(0x4000, TurnStage.PEER);
        assertThat(romeo.bind(0x4000, TurnStage.PEER).isSuccess()).isTrue();
        assertThat(romeo.bind(0x4000, OTHER_PEER).error()).isEqualTo(400);
        assertThat(romeo.bind(0x4001, TurnStage.PEER).error()).isEqualTo(400);
        assertThat(romeo.bind(0x4001, OTHER_PEER).isSuccess()).isTrue();
    }

    @Test
    void aNumberIsFreeAgainWhenItsTimeIsOver() {
        romeo.allocate(UnsignedAttribute.lifetime(3_600));
        romeo.bind(0x4000, TurnStage.PEER);
        stage.pass(Duration.ofMinutes(10));
        romeo.nonce = stage.romeo().nonce;
        assertThat(romeo.bind(0x4000, OTHER_PEER).isSuccess()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 0x3FFF, 0x7FFF, 0x8000, 0xFFFF})
    void refusesNumbersOutsideTheRange(int number) {
        romeo.allocate();
        assertThat(romeo.bind(number, TurnStage.PEER).error()).isEqualTo(400);
    }

    @Test
    void refusesWhatLacksNumberOrPeer() {
        romeo.allocate();
        assertThat(romeo.ask(StunMethod.CHANNEL_BIND, ChannelNumberAttribute.of(0x4000))
                        .error())
                .isEqualTo(400);
        var request = stage.request(StunMethod.CHANNEL_BIND);
        assertThat(romeo.ask(TurnStage.with(request, TurnStage.peer(TurnStage.PEER, request)))
                        .error())
                .isEqualTo(400);
    }

    @Test
    void refusesDeniedPeersPortZeroAndOtherFamilies() {
        romeo.allocate();
        assertThat(romeo.bind(0x4000, TurnStage.address("127.0.0.1", 5_000)).error())
                .isEqualTo(403);
        assertThat(romeo.bind(0x4000, TurnStage.address("93.184.216.34", 0)).error())
                .isEqualTo(403);
        assertThat(romeo.bind(0x4000, TurnStage.address("2a00::9", 9)).error()).isEqualTo(443);
    }

    @Test
    void reachesRelayedAddressesHereButNoOtherPortOfThisMachine() {
        InetSocketAddress other =
                stage.client(TurnStage.JULIET, "juliet@home.example").allocate();
        romeo.allocate();
        assertThat(romeo.bind(0x4000, other).isSuccess()).isTrue();
        assertThat(romeo.bind(0x4001, new InetSocketAddress(MemoryRelaySockets.IPV4, 5_269))
                        .error())
                .isEqualTo(403);
        romeo.sendTo(new InetSocketAddress(MemoryRelaySockets.IPV4, 5_269), "x");
        assertThat(stage.sockets.sent).isEmpty();
        romeo.sendTo(other, "x");
        assertThat(stage.counters.snapshot()).containsEntry("relay.to-peer-packets", 1L);
    }

    @Test
    void refusesWithoutAllocationAndAnotherUser() {
        assertThat(romeo.bind(0x4000, TurnStage.PEER).error()).isEqualTo(437);
        romeo.allocate();
        assertThat(stage.client(TurnStage.ROMEO, "juliet@home.example")
                        .bind(0x4000, TurnStage.PEER)
                        .error())
                .isEqualTo(441);
    }

    @Test
    void hasALimitUpToWhichEachNumberLeadsToItsPeer() {
        romeo.allocate();
        for (int i = 0; i < ChannelBindings.MAX; i++) {
            assertThat(romeo.bind(0x4000 + 64 * i, TurnStage.address("93.184.216.34", 1_000 + i))
                            .isSuccess())
                    .isTrue();
        }
        for (int i = 0; i < ChannelBindings.MAX; i++) {
            romeo.sendOn(0x4000 + 64 * i, "x");
            romeo.sendOn(0x4001 + 64 * i, "x");
        }
        assertThat(stage.sockets.sent)
                .extracting(sent -> sent.to().getPort())
                .hasSize(ChannelBindings.MAX)
                .isSorted();
        assertThat(romeo.bind(0x7FFE, TurnStage.address("93.184.216.34", 999)).error())
                .isEqualTo(508);
    }
}
