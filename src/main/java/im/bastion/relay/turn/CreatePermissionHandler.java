// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import im.bastion.relay.stun.AttributeType;
import im.bastion.relay.stun.StunAttribute;
import im.bastion.relay.stun.StunErrorCode;
import im.bastion.relay.stun.StunFormatException;
import im.bastion.relay.stun.StunMessage;
import im.bastion.relay.stun.XorAddressAttribute;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** CreatePermission (RFC 8656 §10.2): all the addresses or none. */
final class CreatePermissionHandler extends AllocationMethod {
    private final PeerRules peers;

    CreatePermissionHandler(PeerRules peers) {
        this.peers = peers;
    }

    @Override
    StunMessage handle(TurnRequest request, Allocation allocation) throws StunFormatException {
        List<InetAddress> addresses = new ArrayList<>();
        for (StunAttribute attribute : request.message().attributes()) {
            if (attribute.type() == AttributeType.XOR_PEER_ADDRESS) {
                InetSocketAddress peer =
                        XorAddressAttribute.read(attribute, request.message().transactionId());
                StunErrorCode refusal = peers.refusal(allocation, peer, request.now());
                if (refusal != null) {
                    return request.refuse(refusal);
                }
                addresses.add(peer.getAddress());
            }
        }
        if (addresses.isEmpty()) {
            return request.refuse(StunErrorCode.BAD_REQUEST);
        }
        return allocation.permissions().install(addresses, request.now())
                ? request.success()
                : request.refuse(StunErrorCode.INSUFFICIENT_CAPACITY);
    }
}
