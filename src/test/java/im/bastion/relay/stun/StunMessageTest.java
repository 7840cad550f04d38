// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.stun;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.bastion.policy.IpLiteral;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StunMessageTest {
    private static final TransactionId ID = new TransactionId(1, 2, 3);
    private static final byte[] KEY = "key".getBytes(US_ASCII);
    private static final StunAttribute USERNAME = TextAttribute.of(AttributeType.USERNAME, "romeo");
    private static final StunAttribute LIFETIME = UnsignedAttribute.lifetime(600);

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "empty, ''",
        "shorter than a header, 000100002112a4420000000100000002000000",
        "not a multiple of four, 000100022112a4420000000100000002000000030000",
        "channel data, 400100002112a442000000010000000200000003",
        "another cookie, 000100002112a443000000010000000200000003",
        "length beyond the end, 000100042112a442000000010000000200000003",
        "length before the end, 000100002112a44200000001000000020000000380220000",
        "attribute beyond the end, 000100042112a44200000001000000020000000380220001",
        "attribute of 65535 bytes, 000100082112a442000000010000000200000003000dffff00000000",
        "wrong fingerprint, 000100082112a4420000000100000002000000038028000400000000",
    })
    void refuses(String name, String hex) {
        ByteBuffer bytes = ByteBuffer.wrap(HexFormat.of().parseHex(hex));
        assertThatThrownBy(() -> StunMessageDecoder.decode(bytes)).isInstanceOf(StunFormatException.class);
    }

    @Test
    void refusesMoreAttributesThanAnyMessageHas() {
        ByteBuffer bytes = ByteBuffer.allocate(20 + 4 * 33);
        bytes.putShort((short) 1)
                .putShort((short) (4 * 33))
                .putInt(StunMessage.MAGIC_COOKIE)
                .rewind();
        assertThatThrownBy(() -> StunMessageDecoder.decode(bytes)).isInstanceOf(StunFormatException.class);
    }

    @Test
    void ignoresWhatFollowsTheIntegrity() throws Exception {
        ByteBuffer bytes = encode(USERNAME);
        MessageIntegrity.SHA1.append(bytes, 0, KEY);
        append(bytes, LIFETIME);
        bytes.flip();
        StunMessage message = StunMessageDecoder.decode(bytes);
        assertThat(message.attributes()).containsExactly(USERNAME);
        assertThat(MessageIntegrity.SHA1.verify(bytes, KEY)).isTrue();
    }

    @Test
    void verifiesBothIntegritiesBehindEachOther() throws Exception {
        ByteBuffer out = ByteBuffer.allocate(200);
        new StunMessageEncoder(out)
                .message(request(USERNAME))
                .integrity(MessageIntegrity.SHA1, KEY)
                .integrity(MessageIntegrity.SHA256, KEY)
                .fingerprint();
        out.flip();
        assertThat(StunMessageDecoder.decode(out).attributes()).containsExactly(USERNAME);
        assertThat(MessageIntegrity.strongestIn(out)).isEqualTo(MessageIntegrity.SHA256);
        assertThat(MessageIntegrity.SHA1.verify(out, KEY)).isTrue();
        assertThat(MessageIntegrity.SHA256.verify(out, KEY)).isTrue();
        assertThat(Fingerprint.isPresent(out)).isTrue();
    }

    @Test
    void noticesEveryFlippedBitOfASealedMessage() {
        ByteBuffer out = ByteBuffer.allocate(200);
        new StunMessageEncoder(out).message(request(USERNAME)).integrity(MessageIntegrity.SHA1, KEY);
        out.flip();
        for (int bit = 0; bit < out.limit() * 8; bit++) {
            byte kept = out.get(bit / 8);
            out.put(bit / 8, (byte) (kept ^ 1 << bit % 8));
            assertThat(MessageIntegrity.SHA1.verify(out, KEY)).as("bit %d", bit).isFalse();
            out.put(bit / 8, kept);
        }
    }

    @Test
    void firstOfTwoEqualAttributesCounts() throws Exception {
        StunMessage message = StunMessageDecoder.decode(
                encode(LIFETIME, UnsignedAttribute.lifetime(5)).flip());
        assertThat(UnsignedAttribute.read(message.first(AttributeType.LIFETIME)))
                .isEqualTo(600);
    }

    @ParameterizedTest
    @CsvSource({"192.0.2.7", "::ffff:192.0.2.7", "2001:db8::7"})
    void xorAddressesComeBackAsTheyWere(String text) throws Exception {
        InetSocketAddress address = new InetSocketAddress(IpLiteral.parse(text), 40_000);
        assertThat(XorAddressAttribute.read(XorAddressAttribute.of(AttributeType.XOR_PEER_ADDRESS, address, ID), ID))
                .isEqualTo(address);
    }

    @Test
    void anIpv4AddressInIpv6ClothesComesOutAsIpv4() throws Exception {
        byte[] value = HexFormat.of().parseHex("00021111" + "00000000000000000000ffff7f000001");
        ByteBuffer pad = ByteBuffer.allocate(16)
                .putInt(StunMessage.MAGIC_COOKIE)
                .putInt(1)
                .putInt(2)
                .putInt(3);
        for (int i = 0; i < 16; i++) {
            value[4 + i] ^= pad.get(i);
        }
        assertThat(XorAddressAttribute.read(new StunAttribute(AttributeType.XOR_PEER_ADDRESS, value), ID)
                        .getAddress())
                .isEqualTo(IpLiteral.parse("127.0.0.1"));
    }

    @ParameterizedTest
    @CsvSource({"''", "0001", "0001111101020304aa", "0002111101020304", "0003111101020304"})
    void refusesAddressesWhoseFamilyAndLengthDoNotFit(String hex) {
        byte[] value = HexFormat.of().parseHex(hex);
        assertThatThrownBy(() -> XorAddressAttribute.read(new StunAttribute(AttributeType.XOR_PEER_ADDRESS, value), ID))
                .isInstanceOf(StunFormatException.class);
    }

    @Test
    void numbersAndTextsAreReadBackAndRefusedInAnotherLength() throws Exception {
        assertThat(UnsignedAttribute.read(UnsignedAttribute.lifetime(0xFFFF_FFFFL)))
                .isEqualTo(0xFFFF_FFFFL);
        assertThat(ChannelNumberAttribute.read(ChannelNumberAttribute.of(0x4ABC)))
                .isEqualTo(0x4ABC);
        assertThat(FirstByteAttribute.read(FirstByteAttribute.of(AttributeType.EVEN_PORT, 0x80)))
                .isEqualTo(0x80);
        assertThat(ErrorCodeAttribute.read(ErrorCodeAttribute.of(StunErrorCode.ALLOCATION_MISMATCH)))
                .isEqualTo(437);
        assertThat(UnknownAttributesAttribute.read(UnknownAttributesAttribute.of(List.of(0x1A, 0x7FFF))))
                .containsExactly(0x1A, 0x7FFF);
        StunAttribute odd = new StunAttribute(AttributeType.LIFETIME, new byte[3]);
        assertThatThrownBy(() -> UnsignedAttribute.read(odd)).isInstanceOf(StunFormatException.class);
        assertThatThrownBy(() -> ChannelNumberAttribute.read(odd)).isInstanceOf(StunFormatException.class);
        assertThatThrownBy(() -> FirstByteAttribute.read(odd)).isInstanceOf(StunFormatException.class);
        assertThatThrownBy(() -> ErrorCodeAttribute.read(odd)).isInstanceOf(StunFormatException.class);
        assertThatThrownBy(() -> TextAttribute.read(new StunAttribute(AttributeType.NONCE, new byte[764])))
                .isInstanceOf(StunFormatException.class);
    }

    private static StunMessage request(StunAttribute... attributes) {
        return new StunMessage(StunClass.REQUEST, StunMethod.ALLOCATE, ID, List.of(attributes));
    }

    private static ByteBuffer encode(StunAttribute... attributes) {
        ByteBuffer out = ByteBuffer.allocate(500);
        new StunMessageEncoder(out).message(request(attributes));
        return out;
    }

    private static void append(ByteBuffer out, StunAttribute attribute) {
        out.putShort((short) attribute.type())
                .putShort((short) attribute.length())
                .put(attribute.value());
        out.putShort(2, (short) (out.position() - StunMessage.HEADER_BYTES));
    }
}
