// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.stun;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import org.junit.jupiter.api.Test;

class Rfc8489VectorsTest {
    private static final String USER = "\u30DE\u30C8\u30EA\u30C3\u30AF\u30B9";
    private final ByteBuffer bytes = Vectors.read("rfc8489/b1-long-term-sha256-request");

    @Test
    void carriesTheHashOfTheUserName() throws Exception {
        StunMessage message = StunMessageDecoder.decode(bytes);
        assertThat(message.first(AttributeType.USERHASH).value())
                .isEqualTo(ByteBuffer.wrap(sha256(USER + ":example.org")));
        assertThat(TextAttribute.read(message.first(AttributeType.NONCE)))
                .isEqualTo("obMatJos2AAACf//499k954d6OL34oL9FSTvy64sA");
    }

    @Test
    void acceptsItsIntegrity() throws Exception {
        byte[] key = sha256(USER + ":example.org:TheMatrIX");
        assertThat(MessageIntegrity.strongestIn(bytes)).isEqualTo(MessageIntegrity.SHA256);
        assertThat(MessageIntegrity.SHA256.verify(bytes, key)).isTrue();
        assertThat(MessageIntegrity.SHA256.verify(bytes, sha256("another"))).isFalse();
    }

    @Test
    void writesItByteForByte() throws Exception {
        ByteBuffer out = ByteBuffer.allocate(200);
        new StunMessageEncoder(out)
                .message(StunMessageDecoder.decode(bytes))
                .integrity(MessageIntegrity.SHA256, sha256(USER + ":example.org:TheMatrIX"));
        assertThat(out.flip()).isEqualTo(bytes);
    }

    private static byte[] sha256(String text) throws Exception {
        return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    }
}
