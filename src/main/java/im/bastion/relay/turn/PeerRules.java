// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import im.bastion.policy.AddressRange;
import im.bastion.relay.credential.TurnUser;
import im.bastion.relay.stun.AddressFamily;
import im.bastion.relay.stun.StunErrorCode;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Which peers an allocation may reach.
 *
 * @param addresses what anybody may reach
 * @param consent what of it this user may
 * @param refusals where it is told what nobody may and what this user may not
 */
public record PeerRules(PeerAddressPolicy addresses, PeerConsent consent, PeerRefusals refusals) {
    private static final int IPV4_NETWORK_BITS = 24;
    private static final int IPV6_NETWORK_BITS = 48;

    /** Why the allocation may not have a permission for the peer, or null. */
    StunErrorCode refusal(Allocation allocation, InetSocketAddress peer, Moment now) {
        InetAddress address = peer.getAddress();
        if (!allocation.serves(AddressFamily.of(address))) {
            return StunErrorCode.PEER_ADDRESS_FAMILY_MISMATCH;
        }
        PeerAddressPolicy.Denial denial = denial(allocation.owner().user(), address);
        if (denial == null) {
            return null;
        }
        refusals.count(denial, allocation.owner().pseudonym(), now.epochSeconds());
        return StunErrorCode.FORBIDDEN;
    }

    private PeerAddressPolicy.Denial denial(TurnUser user, InetAddress address) {
        PeerAddressPolicy.Denial denial = addresses.denial(address);
        if (denial != null || consent.admits(user, address)) {
            return denial;
        }
        int bits = address.getAddress().length == 4 ? IPV4_NETWORK_BITS : IPV6_NETWORK_BITS;
        return new PeerAddressPolicy.Denial(PeerRefusals.Reason.UNSIGNALLED, AddressRange.around(address, bits));
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
