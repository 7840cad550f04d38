// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.relay.stun.AttributeType;
import im.bastion.relay.stun.Fingerprint;
import im.bastion.relay.stun.PlainAddressAttribute;
import im.bastion.relay.stun.StunAttribute;
import im.bastion.relay.stun.StunMessage;
import im.bastion.relay.stun.StunMessageEncoder;
import im.bastion.relay.stun.StunMethod;
import im.bastion.relay.stun.UnknownAttributesAttribute;
import im.bastion.relay.stun.UnsignedAttribute;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class BindingHandlerTest {
    private final TurnStage stage = new TurnStage();

    @Test
    void tellsTheClientItsAddressInTheFewestBytes() {
        Answer answer = stage.send(stage.request(StunMethod.BINDING), TurnStage.ROMEO);
        assertThat(answer.address(AttributeType.XOR_MAPPED_ADDRESS)).isEqualTo(TurnStage.ROMEO);
        assertThat(answer.bytes.remaining()).isEqualTo(32);
    }

    @Test
    void tellsAnIpv6ClientItsAddress() {
        var client = TurnStage.address("2001:db8::5", 1234);
        assertThat(stage.send(stage.request(StunMethod.BINDING), client).address(AttributeType.XOR_MAPPED_ADDRESS))
                .isEqualTo(client);
    }

    @Test
    void answersWithAFingerprintOnlyWhoSentOne() {
        ByteBuffer request = ByteBuffer.allocate(100);
        new StunMessageEncoder(request)
                .message(stage.request(StunMethod.BINDING))
                .fingerprint();
        Answer answer = stage.send(request.flip(), TurnStage.ROMEO);
        assertThat(Fingerprint.isPresent(answer.bytes)).isTrue();
    }

    @Test
    void namesTheAttributesItDoesNotUnderstand() {
        Answer answer = stage.send(
                stage.request(
                        StunMethod.BINDING,
                        new StunAttribute(0x7F00, new byte[4]),
                        new StunAttribute(0xFF00, new byte[4])),
                TurnStage.ROMEO);
        assertThat(answer.error()).isEqualTo(420);
        assertThat(UnknownAttributesAttribute.read(answer.message.first(AttributeType.UNKNOWN_ATTRIBUTES)))
                .containsExactly(0x7F00);
    }

    @Test
    void leavesNothingBehindForAMillionStrangers() {
        for (int i = 0; i < 100_000; i++) {
            stage.send(
                    stage.request(StunMethod.ALLOCATE, TurnStage.UDP), TurnStage.address("192.0.2.1", 1 + i % 65_000));
        }
        assertThat(stage.quota.total()).isZero();
        assertThat(stage.sockets.open).isEmpty();
    }

    @Test
    void doesNotAnswerFromElsewhereUnlessItOffersDiscovery() {
        Answer answer = stage.send(
                stage.request(StunMethod.BINDING, UnsignedAttribute.of(AttributeType.CHANGE_REQUEST, 6)),
                TurnStage.ROMEO);
        assertThat(answer.error()).isEqualTo(420);
    }

    @Test
    void answersFromTheAddressAndPortTheClientWantsWhenItOffersDiscovery() {
        MemoryPath[] ways = new MemoryPath[4];
        for (int i = 0; i < 4; i++) {
            ways[i] = new MemoryPath(TurnStage.ROMEO, Leg.UDP);
            ways[i].discovery = new Discovery(
                    TurnStage.address("192.0.2." + (1 + i / 2), 3_478 + i % 2),
                    TurnStage.address("192.0.2." + (2 - i / 2), 3_479 - i % 2),
                    (address, port) -> ways[(address ? 2 : 0) + (port ? 1 : 0)]);
        }
        stage.paths.put(TurnStage.ROMEO, ways[0]);
        for (int flags : new int[] {0, 2, 4, 6}) {
            StunMessage request =
                    stage.request(StunMethod.BINDING, UnsignedAttribute.of(AttributeType.CHANGE_REQUEST, flags));
            stage.server.fromClient(TurnStage.encode(request), ways[0], stage.now());
            Answer answer = new Answer(ways[flags / 2].received.remove());
            assertThat(answer.address(AttributeType.XOR_MAPPED_ADDRESS)).isEqualTo(TurnStage.ROMEO);
            assertThat(answer.message.first(AttributeType.RESPONSE_ORIGIN))
                    .isEqualTo(PlainAddressAttribute.of(
                            AttributeType.RESPONSE_ORIGIN, ways[flags / 2].discovery.origin()));
            assertThat(answer.message.first(AttributeType.OTHER_ADDRESS))
                    .isEqualTo(PlainAddressAttribute.of(
                            AttributeType.OTHER_ADDRESS, TurnStage.address("192.0.2.2", 3_479)));
        }
    }
}
