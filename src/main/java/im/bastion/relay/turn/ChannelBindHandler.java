// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import im.bastion.relay.stun.AttributeType;
import im.bastion.relay.stun.ChannelNumberAttribute;
import im.bastion.relay.stun.StunAttribute;
import im.bastion.relay.stun.StunErrorCode;
import im.bastion.relay.stun.StunFormatException;
import im.bastion.relay.stun.StunMessage;
import im.bastion.relay.stun.XorAddressAttribute;
import java.net.InetSocketAddress;
import java.util.List;

/** ChannelBind (RFC 8656 §12.2): a number for a peer, and a permission for its address. */
final class ChannelBindHandler extends AllocationMethod {
    private final PeerRules peers;

    ChannelBindHandler(PeerRules peers) {
        this.peers = peers;
    }

    @Override
    StunMessage handle(TurnRequest request, Allocation allocation) throws StunFormatException {
        StunAttribute number = request.message().first(AttributeType.CHANNEL_NUMBER);
        StunAttribute address = request.message().first(AttributeType.XOR_PEER_ADDRESS);
        if (number == null || address == null || allocation.tcp() != null) {
            return request.refuse(StunErrorCode.BAD_REQUEST);
        }
        InetSocketAddress peer =
                XorAddressAttribute.read(address, request.message().transactionId());
        int channel = ChannelNumberAttribute.read(number);
        StunErrorCode refusal = peers.refusal(allocation, peer, request.now());
        if (refusal == null && (!peers.admitsPort(peer) || allocation.isOwn(peer))) {
            refusal = StunErrorCode.FORBIDDEN;
        }
        if (refusal == null) {
            refusal = allocation.channels().refusal(channel, peer, request.now());
        }
        if (refusal == null && !allocation.permissions().install(List.of(peer.getAddress()), request.now())) {
            refusal = StunErrorCode.INSUFFICIENT_CAPACITY;
        }
        if (refusal != null) {
            return request.refuse(refusal);
        }
        allocation.channels().bind(channel, peer, request.now());
        return request.success();
    }
}
