// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.net;

import im.bastion.policy.AddressRange;
import im.bastion.policy.ReservedAddresses;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;

/**
 * Where a test may connect to. The names are the peer's, so they may lead anywhere: reserved addresses and this machine's own
 * are refused unless an admin allowed them. It is asked about the very address that is then connected to. Immutable.
 */
public final class Destinations {
    private final Set<InetAddress> own;
    private final List<AddressRange> allowed;

    /** @param own the addresses of this machine */
    public Destinations(Set<InetAddress> own, List<AddressRange> allowed) {
        this.own = Set.copyOf(own);
        this.allowed = List.copyOf(allowed);
    }

    /** Why a test does not connect there, as the rest of a sentence about the address; null when it may. */
    public String refusal(InetAddress address) {
        if (allowed.stream().anyMatch(range -> range.contains(address))) {
            return null;
        }
        if (ReservedAddresses.contains(address)) {
            return "is not public (private, loopback, link-local or reserved)";
        }
        return own.contains(address) ? "is this machine's own" : null;
    }

    /** Whether this machine could have a way to public addresses of that family. */
    public boolean speaks(InetAddress address) {
        return address instanceof Inet4Address
                || ReservedAddresses.contains(address)
                || own.stream().anyMatch(mine -> mine instanceof Inet6Address && !ReservedAddresses.contains(mine));
    }
}
