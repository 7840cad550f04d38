// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.relay.stun.AttributeType;
import im.bastion.relay.stun.Fingerprint;
import im.bastion.relay.stun.StunAttribute;
import im.bastion.relay.stun.StunMessageEncoder;
import im.bastion.relay.stun.StunMethod;
import im.bastion.relay.stun.UnknownAttributesAttribute;
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
}
