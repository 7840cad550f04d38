// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.stun;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.policy.IpLiteral;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc5769VectorsTest {
    private static final byte[] SHORT_TERM_KEY = "VOkJxbRl1RmTxUk/WvJxBt".getBytes(US_ASCII);
    private static final String USER = "\u30DE\u30C8\u30EA\u30C3\u30AF\u30B9";

    @Test
    void readsTheSampleRequest() throws Exception {
        ByteBuffer bytes = Vectors.read("rfc5769/sample-request");
        StunMessage message = StunMessageDecoder.decode(bytes);
        assertThat(message.stunClass()).isEqualTo(StunClass.REQUEST);
        assertThat(message.method()).isEqualTo(StunMethod.BINDING);
        assertThat(message.transactionId()).isEqualTo(new TransactionId(0xb7e7a701, 0xbc34d686, 0xfa87dfae));
        assertThat(TextAttribute.read(message.first(AttributeType.USERNAME))).isEqualTo("evtj:h6vY");
        assertThat(TextAttribute.read(message.first(AttributeType.SOFTWARE))).isEqualTo("STUN test client");
        assertThat(Fingerprint.isPresent(bytes)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sample-request", "sample-ipv4-response", "sample-ipv6-response"})
    void acceptsTheirIntegrityAndNoOther(String name) {
        ByteBuffer bytes = Vectors.read("rfc5769/" + name);
        assertThat(MessageIntegrity.strongestIn(bytes)).isEqualTo(MessageIntegrity.SHA1);
        assertThat(MessageIntegrity.SHA1.verify(bytes, SHORT_TERM_KEY)).isTrue();
        assertThat(MessageIntegrity.SHA1.verify(bytes, "another".getBytes(US_ASCII)))
                .isFalse();
        assertThat(MessageIntegrity.SHA256.verify(bytes, SHORT_TERM_KEY)).isFalse();
    }

    @Test
    void readsTheMappedAddressesOfBothFamilies() throws Exception {
        assertThat(mapped("sample-ipv4-response"))
                .isEqualTo(new InetSocketAddress(IpLiteral.parse("192.0.2.1"), 32853));
        assertThat(mapped("sample-ipv6-response"))
                .isEqualTo(new InetSocketAddress(IpLiteral.parse("2001:db8:1234:5678:11:2233:4455:6677"), 32853));
    }

    private static InetSocketAddress mapped(String name) throws StunFormatException {
        StunMessage message = StunMessageDecoder.decode(Vectors.read("rfc5769/" + name));
        return XorAddressAttribute.read(message.first(AttributeType.XOR_MAPPED_ADDRESS), message.transactionId());
    }

    @Test
    void acceptsTheLongTermCredential() throws Exception {
        ByteBuffer bytes = Vectors.read("rfc5769/long-term-request");
        StunMessage message = StunMessageDecoder.decode(bytes);
        assertThat(TextAttribute.read(message.first(AttributeType.USERNAME))).isEqualTo(USER);
        assertThat(MessageIntegrity.SHA1.verify(bytes, PasswordAlgorithm.MD5.key(USER, "example.org", "TheMatrIX")))
                .isTrue();
    }

    @Test
    void writesTheLongTermRequestByteForByte() throws Exception {
        ByteBuffer expected = Vectors.read("rfc5769/long-term-request");
        ByteBuffer out = ByteBuffer.allocate(200);
        new StunMessageEncoder(out)
                .message(StunMessageDecoder.decode(expected))
                .integrity(MessageIntegrity.SHA1, PasswordAlgorithm.MD5.key(USER, "example.org", "TheMatrIX"));
        assertThat(out.flip()).isEqualTo(expected);
    }
}
