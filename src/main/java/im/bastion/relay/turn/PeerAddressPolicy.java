// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;

/**
 * Where the relay may send to. Denies every reserved address and every address of this machine, with one exception: relayed
 * addresses, in their range of ports, so that both ends of a call may be relayed here. Immutable.
 */
public final class PeerAddressPolicy {
    /**
     * What of this machine is known to the policy.
     *
     * @param relayed the addresses that relayed addresses are on
     * @param others all other addresses of this machine
     * @param minPort the lowest port a relayed address has
     * @param maxPort the highest
     */
    public record Here(Set<InetAddress> relayed, Set<InetAddress> others, int minPort, int maxPort) {
        public Here {
            relayed = Set.copyOf(relayed);
            others = Set.copyOf(others);
        }
    }

    private final Here here;
    private final boolean loopbackAllowed;

    /** @param loopbackAllowed for tests on one machine: 127.0.0.0/8 and ::1 are peers like any other */
    public PeerAddressPolicy(Here here, boolean loopbackAllowed) {
        this.here = here;
        this.loopbackAllowed = loopbackAllowed;
    }

    /** Whether a permission for the address may be installed. */
    public boolean admits(InetAddress peer) {
        if (here.relayed().contains(peer)) {
            return true;
        }
        if (peer.isLoopbackAddress()) {
            return loopbackAllowed;
        }
        return !here.others().contains(peer) && !ReservedAddresses.contains(peer);
    }

    /** Whether data may go to the port, given that its address is admitted. */
    public boolean admitsPort(InetSocketAddress peer) {
        int port = peer.getPort();
        if (port == 0) {
            return false;
        }
        return !here.relayed().contains(peer.getAddress())
                || (port >= here.minPort() && port <= here.maxPort())
                || (loopbackAllowed && peer.getAddress().isLoopbackAddress());
    }
}
