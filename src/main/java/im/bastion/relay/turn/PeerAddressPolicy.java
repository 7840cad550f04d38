// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import im.bastion.policy.AddressRange;
import im.bastion.policy.ReservedAddresses;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
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
     * @param infrastructure what this server itself talks to on other machines, such as its database
     * @param minPort the lowest port a relayed address has
     * @param maxPort the highest
     */
    public record Here(
            Set<InetAddress> relayed,
            Set<InetAddress> others,
            Set<InetAddress> infrastructure,
            int minPort,
            int maxPort) {
        public Here {
            relayed = Set.copyOf(relayed);
            others = Set.copyOf(others);
            infrastructure = Set.copyOf(infrastructure);
        }
    }

    /**
     * What an admin decided.
     *
     * @param denied is out of reach
     * @param allowed is within reach though it is reserved: a local network whose members call each other
     * @param loopback for tests on one machine: 127.0.0.0/8 and ::1 are peers like any other
     */
    public record Decisions(List<AddressRange> denied, List<AddressRange> allowed, boolean loopback) {
        /** Nothing decided. */
        public static final Decisions NONE = new Decisions(List.of(), List.of(), false);

        public Decisions {
            denied = List.copyOf(denied);
            allowed = List.copyOf(allowed);
        }
    }

    private final Here here;
    private final Decisions decisions;

    public PeerAddressPolicy(Here here, Decisions decisions) {
        this.here = here;
        this.decisions = decisions;
    }

    /** Why an address is out of reach, and the range that it is for that. */
    record Denial(PeerRefusals.Reason reason, AddressRange range) {}

    /** Whether a permission for the address may be installed. */
    public boolean admits(InetAddress peer) {
        return denial(peer) == null;
    }

    /** Why no permission for the address may be installed, or null. */
    Denial denial(InetAddress peer) {
        if (here.relayed().contains(peer) || (decisions.loopback() && peer.isLoopbackAddress())) {
            return null;
        }
        AddressRange itself = AddressRange.around(peer, peer.getAddress().length * 8);
        if (peer.isLoopbackAddress() || here.others().contains(peer)) {
            return new Denial(PeerRefusals.Reason.OWN, itself);
        }
        if (here.infrastructure().contains(peer)) {
            return new Denial(PeerRefusals.Reason.INFRASTRUCTURE, itself);
        }
        AddressRange denied = AddressRange.find(decisions.denied(), peer);
        if (denied != null) {
            return new Denial(PeerRefusals.Reason.DENIED, denied);
        }
        AddressRange reserved = ReservedAddresses.range(peer);
        return reserved == null || AddressRange.find(decisions.allowed(), peer) != null
                ? null
                : new Denial(PeerRefusals.Reason.RESERVED, reserved);
    }

    /** Whether data may go to the port, given that its address is admitted. */
    public boolean admitsPort(InetSocketAddress peer) {
        int port = peer.getPort();
        if (port == 0) {
            return false;
        }
        return !here.relayed().contains(peer.getAddress())
                || (port >= here.minPort() && port <= here.maxPort())
                || (decisions.loopback() && peer.getAddress().isLoopbackAddress());
    }
}
