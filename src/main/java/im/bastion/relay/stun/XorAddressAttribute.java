// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.stun;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;

/** XOR-MAPPED-ADDRESS, XOR-PEER-ADDRESS and XOR-RELAYED-ADDRESS (RFC 8489 §14.2). */
public final class XorAddressAttribute {
    private static final int HEADER_BYTES = 4;

    private XorAddressAttribute() {}

    /**
     * The address. An IPv4 address in IPv6 clothes (::ffff:0:0/96) comes out as the IPv4 address it is, so no check behind
     * this one sees two notations of one address.
     *
     * @throws StunFormatException when family and length do not fit
     */
    public static InetSocketAddress read(StunAttribute attribute, TransactionId id) throws StunFormatException {
        ByteBuffer value = attribute.value();
        AddressFamily family = value.remaining() < HEADER_BYTES ? null : AddressFamily.ofNumber(value.get(1) & 0xFF);
        if (family == null || value.remaining() != HEADER_BYTES + family.bytes()) {
            throw new StunFormatException("neither an IPv4 nor an IPv6 address");
        }
        return read(value, 0, family, id);
    }

    /** The address whose attribute value begins at {@code at}. */
    static InetSocketAddress read(ByteBuffer buffer, int at, AddressFamily family, TransactionId id) {
        ByteBuffer address = ByteBuffer.allocate(family.bytes());
        for (int word = 0; word < family.bytes() / 4; word++) {
            address.putInt(buffer.getInt(at + HEADER_BYTES + 4 * word) ^ id.pad(word));
        }
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address.array()), port(buffer, at));
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four or sixteen bytes are an address", e);
        }
    }

    static int port(ByteBuffer buffer, int at) {
        return (buffer.getShort(at + 2) ^ StunMessage.MAGIC_COOKIE >>> 16) & 0xFFFF;
    }

    public static StunAttribute of(int type, InetSocketAddress address, TransactionId id) {
        ByteBuffer plain = ByteBuffer.wrap(address.getAddress().getAddress());
        ByteBuffer value = ByteBuffer.allocate(HEADER_BYTES + plain.remaining());
        value.putShort((short) AddressFamily.of(address.getAddress()).number());
        value.putShort((short) (address.getPort() ^ StunMessage.MAGIC_COOKIE >>> 16));
        for (int word = 0; plain.hasRemaining(); word++) {
            value.putInt(plain.getInt() ^ id.pad(word));
        }
        return new StunAttribute(type, value.array());
    }
}
