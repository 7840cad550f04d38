// SPDX-License-Identifier: Apache-2.0
package im.bastion.policy;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * The addresses that no public host has (IANA special-purpose registries, RFC 6890 and its updates) and those that carry
 * another address inside, behind which such a host could hide (RFC 8656 §21.1.4).
 */
public final class ReservedAddresses {
    private static final List<AddressRange> IPV4 = ranges(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4");

    /** All that IANA has given to public hosts so far: mapped, compatible, NAT64, local and multicast are outside. */
    private static final AddressRange GLOBAL_IPV6 = AddressRange.of("2000::/3");

    /** Inside it: protocol assignments with Teredo, 6to4, documentation. */
    private static final List<AddressRange> IPV6 = ranges("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    private ReservedAddresses() {}

    /** The reserved range the address is in, or null when a public host may have it. */
    public static AddressRange range(InetAddress address) {
        if (address instanceof Inet4Address) {
            return AddressRange.find(IPV4, address);
        }
        return GLOBAL_IPV6.contains(address) ? AddressRange.find(IPV6, address) : AddressRange.around(address, 16);
    }

    /** Whether it is one of them, in whatever notation it is hidden. */
    public static boolean contains(InetAddress address) {
        return range(address) != null;
    }

    private static List<AddressRange> ranges(String... texts) {
        return Stream.of(texts).map(AddressRange::of).toList();
    }
}
