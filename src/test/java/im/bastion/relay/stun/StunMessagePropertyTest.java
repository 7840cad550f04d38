// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.stun;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class StunMessagePropertyTest {
    @Property
    void decodeUndoesEncode(@ForAll("messages") StunMessage message, @ForAll boolean sealed, @ForAll byte[] key)
            throws StunFormatException {
        ByteBuffer out = ByteBuffer.allocateDirect(70_000).position(100);
        StunMessageEncoder encoder = new StunMessageEncoder(out).message(message);
        if (sealed && key.length > 0) {
            encoder.integrity(MessageIntegrity.SHA1, key)
                    .integrity(MessageIntegrity.SHA256, key)
                    .fingerprint();
        }
        out.flip().position(100);
        assertThat(StunMessageDecoder.isStun(out)).isTrue();
        assertThat(StunMessageDecoder.decode(out)).isEqualTo(message);
        assertThat(out.position()).isEqualTo(100);
        if (sealed && key.length > 0) {
            assertThat(MessageIntegrity.SHA1.verify(out, key)).isTrue();
            assertThat(MessageIntegrity.SHA256.verify(out, key)).isTrue();
        }
    }

    @Provide
    Arbitrary<StunMessage> messages() {
        Arbitrary<StunAttribute> attribute = Combinators.combine(
                        Arbitraries.integers()
                                .between(0, 0xFFFF)
                                .filter(t -> t != AttributeType.MESSAGE_INTEGRITY
                                        && t != AttributeType.MESSAGE_INTEGRITY_SHA256
                                        && t != AttributeType.FINGERPRINT),
                        Arbitraries.bytes().array(byte[].class).ofMaxSize(300))
                .as(StunAttribute::new);
        return Combinators.combine(
                        Arbitraries.of(StunClass.class),
                        Arbitraries.integers().between(0, StunMethod.MAX),
                        Combinators.combine(Arbitraries.integers(), Arbitraries.integers(), Arbitraries.integers())
                                .as(TransactionId::new),
                        attribute.list().ofMaxSize(20))
                .as(StunMessage::new);
    }
}
