// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import im.bastion.relay.stun.AddressFamily;
import im.bastion.relay.stun.StunErrorCode;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Which peers an allocation may reach.
 *
 * @param addresses what anybody may reach
 * @param consent what of it this user may
 */
public record PeerRules(PeerAddressPolicy addresses, PeerConsent consent) {
    /** Why the allocation may not have a permission for the peer, or null. */
    StunErrorCode refusal(Allocation allocation, InetSocketAddress peer) {
        InetAddress address = peer.getAddress();
        if (!allocation.serves(AddressFamily.of(address))) {
            return StunErrorCode.PEER_ADDRESS_FAMILY_MISMATCH;
        }
        boolean admitted =
                addresses.admits(address) && consent.admits(allocation.owner().user(), address);
        return admitted ? null : StunErrorCode.FORBIDDEN;
    }

    /** Whether data may go to the port, given that there is a permission for its address. */
    boolean admitsPort(InetSocketAddress peer) {
        return addresses.admitsPort(peer);
    }

    /** Takes back what the allocation's user may not have any more. */
    void withdraw(Allocation allocation) {
        allocation.withdraw(address -> consent.withdraws(allocation.owner().user(), address));
    }
}
