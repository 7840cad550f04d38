// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import im.bastion.relay.stun.AttributeType;
import im.bastion.relay.stun.StunAttribute;
import im.bastion.relay.stun.StunErrorCode;
import im.bastion.relay.stun.StunFormatException;
import im.bastion.relay.stun.StunMessage;
import im.bastion.relay.stun.XorAddressAttribute;
import java.net.InetSocketAddress;

/** Connect (RFC 6062 §5.2): a TCP connection to a peer. The answer comes when the peer has answered, or has not. */
final class ConnectHandler extends AllocationMethod {
    private final PeerRules peers;
    private final PeerStreams streams;
    private final Answers answers;

    ConnectHandler(PeerRules peers, PeerStreams streams, Answers answers) {
        this.peers = peers;
        this.streams = streams;
        this.answers = answers;
    }

    @Override
    StunMessage handle(TurnRequest request, Allocation allocation) throws StunFormatException {
        StunAttribute address = request.message().first(AttributeType.XOR_PEER_ADDRESS);
        if (address == null || allocation.tcp() == null) {
            return request.refuse(StunErrorCode.BAD_REQUEST);
        }
        InetSocketAddress peer =
                XorAddressAttribute.read(address, request.message().transactionId());
        StunErrorCode refusal = peers.refusal(allocation, peer, request.now());
        if (refusal == null && !peers.admitsPort(peer)) {
            refusal = StunErrorCode.FORBIDDEN;
        }
        if (refusal == null && allocation.connections() >= PeerStreams.MAX_PER_ALLOCATION) {
            refusal = StunErrorCode.INSUFFICIENT_CAPACITY;
        }
        if (refusal == null && !allocation.connecting(peer)) {
            refusal = StunErrorCode.CONNECTION_ALREADY_EXISTS;
        }
        if (refusal != null) {
            return request.refuse(refusal);
        }
        allocation.tcp().connect(peer, outcome(request, allocation, peer));
        return null;
    }

    private RelayedTcp.ConnectOutcome outcome(TurnRequest request, Allocation allocation, InetSocketAddress peer) {
        return new RelayedTcp.ConnectOutcome() {
            @Override
            public void connected(PeerStream stream, Moment now) {
                answers.send(request, request.success(streams.keep(allocation, stream, now)));
            }

            @Override
            public void failed(Moment now) {
                allocation.disconnected(peer);
                answers.send(request, request.refuse(StunErrorCode.CONNECTION_TIMEOUT_OR_FAILURE));
            }
        };
    }
}
