// SPDX-License-Identifier: Apache-2.0
package im.bastion.policy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** All addresses that begin with the same bits (CIDR). */
public final class AddressRange {
    private final byte[] prefix;
    private final int bits;

    private AddressRange(byte[] prefix, int bits) {
        this.prefix = prefix;
        this.bits = bits;
    }

    /**
     * The range written as "address/bits", or one address alone.
     *
     * @throws IllegalArgumentException when it is written in another way
     */
    public static AddressRange of(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            byte[] address = IpLiteral.parse(text).getAddress();
            return new AddressRange(address, address.length * 8);
        }
        byte[] prefix = IpLiteral.parse(text.substring(0, slash)).getAddress();
        int bits = Integer.parseInt(text.substring(slash + 1));
        if (bits < 0 || bits > prefix.length * 8) {
            throw new IllegalArgumentException("not a range: " + text);
        }
        return new AddressRange(prefix, bits);
    }

    /** The network of so many bits that the address is in. */
    public static AddressRange around(InetAddress address, int bits) {
        byte[] prefix = address.getAddress();
        for (int bit = bits; bit < prefix.length * 8; bit++) {
            prefix[bit / 8] &= (byte) ~(0x80 >> bit % 8);
        }
        return new AddressRange(prefix, bits);
    }

    /** The first of the ranges that the address is in, or null. */
    public static AddressRange find(List<AddressRange> ranges, InetAddress address) {
        for (AddressRange range : ranges) {
            if (range.contains(address)) {
                return range;
            }
        }
        return null;
    }

    /**
     * The ranges in a text with commas between; none when it is blank.
     *
     * @throws IllegalArgumentException when one is written in another way, or there are more than {@code max}
     */
    public static List<AddressRange> list(String text, int max) {
        if (text.isBlank()) {
            return List.of();
        }
        String[] all = text.split(",", -1);
        if (all.length > max) {
            throw new IllegalArgumentException("more than " + max);
        }
        return Stream.of(all).map(String::strip).map(AddressRange::of).toList();
    }

    /** Whether the address is one of them; never when it is of the other family. */
    public boolean contains(InetAddress address) {
        byte[] other = address.getAddress();
        if (other.length != prefix.length) {
            return false;
        }
        int whole = bits / 8;
        for (int i = 0; i < whole; i++) {
            if (other[i] != prefix[i]) {
                return false;
            }
        }
        int mask = 0xFF00 >> bits % 8 & 0xFF;
        return mask == 0 || ((other[whole] ^ prefix[whole]) & mask) == 0;
    }

    /** For example "10.0.0.0/8". */
    @Override
    public String toString() {
        try {
            return InetAddress.getByAddress(prefix).getHostAddress() + "/" + bits;
        } catch (UnknownHostException e) {
            throw new IllegalStateException("four or sixteen bytes are an address", e);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof AddressRange range && range.bits == bits && Arrays.equals(range.prefix, prefix);
    }

    @Override
    public int hashCode() {
        return 31 * bits + Arrays.hashCode(prefix);
    }
}
