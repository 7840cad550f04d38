// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.stun;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.policy.IpLiteral;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelayedDataTest {
    private static final TransactionId ID = new TransactionId(11, 12, 13);

    @Test
    void channelDataIsUnwrappedAndWrappedInPlace() {
        ByteBuffer datagram = ByteBuffer.wrap(new byte[] {0x40, 0x01, 0, 3, 'a', 'b', 'c', 0});
        assertThat(ChannelData.isChannelData(datagram)).isTrue();
        assertThat(ChannelData.number(datagram)).isEqualTo(0x4001);
        assertThat(ChannelData.narrow(datagram)).isTrue();
        assertThat(datagram).isEqualTo(ByteBuffer.wrap("abc".getBytes(US_ASCII)));
        ChannelData.wrap(datagram, 0x4FFF);
        assertThat(datagram).isEqualTo(ByteBuffer.wrap(new byte[] {0x4F, (byte) 0xFF, 0, 3, 'a', 'b', 'c'}));
    }

    @Test
    void channelDataShorterThanItSaysIsRefused() {
        ByteBuffer datagram = ByteBuffer.wrap(new byte[] {0x40, 0x01, 0, 3, 'a', 'b'});
        assertThat(ChannelData.narrow(datagram)).isFalse();
        assertThat(datagram.remaining()).isEqualTo(6);
        assertThat(ChannelData.isChannelData(ByteBuffer.wrap(new byte[] {(byte) 0x80, 0, 0, 0})))
                .isFalse();
        assertThat(ChannelData.isChannelData(ByteBuffer.wrap(new byte[] {0x40, 0, 0})))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.9", "2001:db8::9"})
    void sendIndicationGivesPeerAndData(String address) throws Exception {
        InetSocketAddress peer = new InetSocketAddress(IpLiteral.parse(address), 5000);
        ByteBuffer datagram = send(XorAddressAttribute.of(AttributeType.XOR_PEER_ADDRESS, peer, ID), data("hello"));
        SendIndication send = new SendIndication(false);
        assertThat(SendIndication.isSend(datagram)).isTrue();
        assertThat(send.read(datagram)).isTrue();
        assertThat(send.peer()).isEqualTo(peer);
        assertThat(send.peerPort()).isEqualTo(5000);
        ByteBuffer words = ByteBuffer.allocate(16).putLong(send.peerHigh()).putLong(send.peerLow());
        assertThat(InetAddress.getByAddress(words.array())).isEqualTo(peer.getAddress());
        send.narrow();
        assertThat(datagram).isEqualTo(ByteBuffer.wrap("hello".getBytes(US_ASCII)));
    }

    @Test
    void sendIndicationWithoutPeerOrDataOrWithSomethingUnknownIsRefused() {
        StunAttribute peer = XorAddressAttribute.of(
                AttributeType.XOR_PEER_ADDRESS, new InetSocketAddress(IpLiteral.parse("192.0.2.9"), 5), ID);
        SendIndication send = new SendIndication(false);
        assertThat(send.read(send(data("x")))).isFalse();
        assertThat(send.read(send(peer))).isFalse();
        assertThat(send.read(send(new StunAttribute(AttributeType.XOR_PEER_ADDRESS, new byte[3]), data("x"))))
                .isFalse();
        assertThat(send.read(send(peer, data("x"), new StunAttribute(AttributeType.DONT_FRAGMENT, new byte[0]))))
                .isFalse();
        assertThat(send.read(send(peer, data("x"), TextAttribute.of(AttributeType.SOFTWARE, "mine"))))
                .isTrue();
        assertThat(send.read(send(peer, data("x")).limit(30))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.9", "2001:db8::9"})
    void dataIndicationIsWrappedAroundTheData(String address) throws Exception {
        InetAddress peer = IpLiteral.parse(address);
        byte[] payload = "hello".getBytes(US_ASCII);
        ByteBuffer buffer = ByteBuffer.allocate(200).position(DataIndication.MAX_HEADROOM);
        buffer.put(payload).put(new byte[] {9, 9, 9}).flip();
        buffer.position(DataIndication.MAX_HEADROOM).limit(DataIndication.MAX_HEADROOM + payload.length);
        DataIndication.wrap(buffer, peer.getAddress(), 5000, 42);
        StunMessage message = StunMessageDecoder.decode(buffer);
        assertThat(message.stunClass()).isEqualTo(StunClass.INDICATION);
        assertThat(message.method()).isEqualTo(StunMethod.DATA);
        assertThat(message.first(AttributeType.DATA).value()).isEqualTo(ByteBuffer.wrap(payload));
        assertThat(XorAddressAttribute.read(message.first(AttributeType.XOR_PEER_ADDRESS), message.transactionId()))
                .isEqualTo(new InetSocketAddress(peer, 5000));
        assertThat(buffer.get(buffer.limit() - 1)).isZero();
    }

    private static StunAttribute data(String text) {
        return new StunAttribute(AttributeType.DATA, text.getBytes(US_ASCII));
    }

    private static ByteBuffer send(StunAttribute... attributes) {
        ByteBuffer out = ByteBuffer.allocate(300);
        new StunMessageEncoder(out)
                .message(new StunMessage(StunClass.INDICATION, StunMethod.SEND, ID, List.of(attributes)));
        return out.flip();
    }
}
