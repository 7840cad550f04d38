// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.relay.stun.AttributeType;
import im.bastion.relay.stun.FirstByteAttribute;
import im.bastion.relay.stun.StunClass;
import im.bastion.relay.stun.StunMessage;
import im.bastion.relay.stun.StunMethod;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class SendHandlerTest {
    private final TurnStage stage = new TurnStage();
    private final TurnStage.Client romeo = stage.romeo();

    @Test
    void sendsToAPermittedPeerAndWrapsWhatItAnswers() {
        InetSocketAddress relayed = romeo.allocate();
        romeo.permit(TurnStage.PEER);
        romeo.sendTo(TurnStage.PEER, "ping");
        assertThat(stage.sockets.sent)
                .containsExactly(new MemoryRelaySockets.Sent(
                        relayed, TurnStage.PEER, ByteBuffer.wrap("ping".getBytes(US_ASCII))));
        Answer indication = new Answer(stage.fromPeer(relayed, TurnStage.PEER, "pongo"));
        assertThat(indication.message.stunClass()).isEqualTo(StunClass.INDICATION);
        assertThat(indication.message.method()).isEqualTo(StunMethod.DATA);
        assertThat(indication.address(AttributeType.XOR_PEER_ADDRESS)).isEqualTo(TurnStage.PEER);
        assertThat(indication.text(AttributeType.DATA)).isEqualTo("pongo");
    }

    @Test
    void relaysIpv6() {
        InetSocketAddress peer = TurnStage.address("2a00::77", 7_000);
        InetSocketAddress relayed = romeo.allocate(FirstByteAttribute.of(AttributeType.REQUESTED_ADDRESS_FAMILY, 2));
        romeo.permit(peer);
        romeo.sendTo(peer, "ping");
        assertThat(stage.sockets.sent).hasSize(1);
        assertThat(new Answer(stage.fromPeer(relayed, peer, "x")).address(AttributeType.XOR_PEER_ADDRESS))
                .isEqualTo(peer);
    }

    @Test
    void dropsWithoutAWordWhatHasNoAllocationPermissionOrChannel() {
        romeo.sendTo(TurnStage.PEER, "x");
        romeo.sendOn(0x4000, "x");
        romeo.allocate();
        romeo.sendTo(TurnStage.PEER, "x");
        romeo.sendOn(0x4000, "x");
        assertThat(stage.sockets.sent).isEmpty();
        assertThat(stage.counters.snapshot().get("relay.dropped")).isEqualTo(4);
    }

    @Test
    void dropsAPeerOfAnotherFamilyInWhateverNotation() {
        romeo.allocate();
        romeo.permit(TurnStage.PEER);
        romeo.sendTo(TurnStage.address("2a00::77", 7_000), "x");
        romeo.sendTo(TurnStage.address("93.184.216.34", 0), "x");
        assertThat(stage.sockets.sent).isEmpty();
    }

    @Test
    void keepsPeersApartThatShareASlotOfItsCache() {
        romeo.allocate();
        romeo.permit(TurnStage.PEER);
        for (int round = 0; round < 3; round++) {
            for (int port = 1; port <= 40; port++) {
                romeo.sendTo(TurnStage.address("93.184.216.34", port), "x");
            }
        }
        assertThat(stage.sockets.sent.stream().map(sent -> sent.to().getPort()))
                .hasSize(120)
                .startsWith(1, 2, 3)
                .endsWith(38, 39, 40);
    }

    @Test
    void answersNothingToIndicationsResponsesAndNoise() {
        for (StunClass stunClass : new StunClass[] {StunClass.INDICATION, StunClass.SUCCESS, StunClass.ERROR}) {
            var request = stage.request(StunMethod.BINDING);
            var message = new StunMessage(stunClass, request.method(), request.transactionId(), request.attributes());
            assertThat(stage.send(message, TurnStage.ROMEO)).isNull();
        }
        assertThat(stage.send(stage.request(0x0FF), TurnStage.ROMEO)).isNull();
        assertThat(stage.send(ByteBuffer.allocate(0), TurnStage.ROMEO)).isNull();
        assertThat(stage.send(ByteBuffer.wrap(new byte[] {(byte) 0x80, 0, 0, 0}), TurnStage.ROMEO))
                .isNull();
    }
}
