// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import java.net.InetAddress;
import java.nio.ByteBuffer;

/**
 * What counts as one source: an IPv4 address, or the 64 bits of IPv6 that one customer has at least.
 *
 * @param bits the address, or the first half of it
 */
public record SourceKey(long bits, boolean ipv6) {
    public static SourceKey of(InetAddress address) {
        ByteBuffer bytes = ByteBuffer.wrap(address.getAddress());
        return bytes.remaining() == 4
                ? new SourceKey(bytes.getInt() & 0xFFFF_FFFFL, false)
                : new SourceKey(bytes.getLong(), true);
    }
}
