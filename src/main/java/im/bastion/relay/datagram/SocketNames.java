// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.datagram;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Socket addresses as the system writes them ({@code sockaddr_in}, {@code sockaddr_in6}), there and back. The last ones are
 * remembered in tables of fixed size, so that a packet of a known sender, or to a known receiver, costs no object.
 */
final class SocketNames {
    static final int BYTES = 28;
    private static final int IPV4_BYTES = 16;
    private static final int REMEMBERED = 1_024;
    /** The upper half of what makes an IPv4 address one of IPv6 (RFC 4291 §2.5.5.2). */
    private static final long MAPPED = 0xFFFF_0000_0000L;

    private static final long MAPPED_MASK = 0xFFFF_FFFF_0000_0000L;

    /** One address in numbers: an IPv4 address as the IPv6 address it is mapped to. */
    private record Name(long high, long low, int port, int scope, InetSocketAddress address) {
        boolean is(long otherHigh, long otherLow, int otherPort, int otherScope) {
            return low == otherLow && port == otherPort && high == otherHigh && scope == otherScope;
        }

        boolean isIpv4() {
            return high == 0 && (low & MAPPED_MASK) == MAPPED;
        }
    }

    private final Name[] read = new Name[REMEMBERED];
    private final Name[] written = new Name[REMEMBERED];

    /** Reads an address; network byte order is the buffer's own. */
    InetSocketAddress read(ByteBuffer from, int at) {
        boolean ipv4 = family(from, at) == Libc.AF_INET;
        int port = from.getShort(at + 2) & 0xFFFF;
        long high = ipv4 ? 0 : from.getLong(at + 8);
        long low = ipv4 ? MAPPED | (from.getInt(at + 4) & 0xFFFF_FFFFL) : from.getLong(at + 16);
        int scope = ipv4 ? 0 : nativeInt(from, at + 24);
        int index = indexOf(Long.hashCode(low) * 31 + port);
        Name known = read[index];
        if (known == null || !known.is(high, low, port, scope)) {
            known = new Name(high, low, port, scope, address(high, low, port, scope));
            read[index] = known;
        }
        return known.address();
    }

    /**
     * Writes an address.
     *
     * @param ipv4 whether the socket knows IPv4 alone
     * @return how long it is
     */
    int write(InetSocketAddress address, boolean ipv4, ByteBuffer to, int at) {
        int index = indexOf(address.hashCode());
        Name name = written[index];
        if (name == null || !name.address().equals(address)) {
            name = name(address);
            written[index] = name;
        }
        if (ipv4 && name.isIpv4()) {
            putFamily(to, at, Libc.AF_INET);
            to.putShort(at + 2, (short) name.port())
                    .putInt(at + 4, (int) name.low())
                    .putLong(at + 8, 0);
            return IPV4_BYTES;
        }
        putFamily(to, at, Libc.AF_INET6);
        to.putShort(at + 2, (short) name.port()).putInt(at + 4, 0);
        to.putLong(at + 8, name.high()).putLong(at + 16, name.low());
        to.putInt(at + 24, toNetwork(name.scope()));
        return BYTES;
    }

    /** Multiplication spreads neighbours; the ten upper bits are the place in a table. */
    private static int indexOf(int hash) {
        return (hash * 0x9E37_79B1) >>> 22;
    }

    /** The family of an address, which alone is in the machine's byte order, as is the scope. */
    static int family(ByteBuffer from, int at) {
        short family = from.getShort(at);
        return (isLittleEndian() ? Short.reverseBytes(family) : family) & 0xFFFF;
    }

    private static void putFamily(ByteBuffer to, int at, int family) {
        to.putShort(at, isLittleEndian() ? Short.reverseBytes((short) family) : (short) family);
    }

    private static int nativeInt(ByteBuffer from, int at) {
        return toNetwork(from.getInt(at));
    }

    private static int toNetwork(int number) {
        return isLittleEndian() ? Integer.reverseBytes(number) : number;
    }

    private static boolean isLittleEndian() {
        return ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN;
    }

    private static Name name(InetSocketAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress().getAddress());
        boolean ipv4 = bytes.remaining() == Integer.BYTES;
        return new Name(
                ipv4 ? 0 : bytes.getLong(0),
                ipv4 ? MAPPED | (bytes.getInt(0) & 0xFFFF_FFFFL) : bytes.getLong(8),
                address.getPort(),
                address.getAddress() instanceof Inet6Address six ? six.getScopeId() : 0,
                address);
    }

    private static InetSocketAddress address(long high, long low, int port, int scope) {
        byte[] bytes = ByteBuffer.allocate(16).putLong(high).putLong(low).array();
        try {
            // What is mapped becomes an IPv4 address here.
            InetAddress address =
                    scope == 0 ? InetAddress.getByAddress(bytes) : Inet6Address.getByAddress(null, bytes, scope);
            return new InetSocketAddress(address, port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("sixteen bytes are an address", e);
        }
    }
}
