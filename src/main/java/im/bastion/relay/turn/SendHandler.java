// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import im.bastion.relay.stun.AddressFamily;
import im.bastion.relay.stun.ChannelData;
import im.bastion.relay.stun.SendIndication;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * Data from a client to its peers, as Send indications (RFC 8656 §11.2) and ChannelData (§12.6). Whatever is wrong with it,
 * it is dropped without a word. No object is made for a packet.
 */
final class SendHandler {
    private final AllocationTable allocations;
    private final PeerAddressPolicy policy;
    private final TurnCounters counters;
    private final SendIndication send = new SendIndication();

    SendHandler(AllocationTable allocations, PeerAddressPolicy policy, TurnCounters counters) {
        this.allocations = allocations;
        this.policy = policy;
        this.counters = counters;
    }

    void channelData(ByteBuffer datagram, InetSocketAddress client, Moment now) {
        Allocation allocation = allocations.find(client, now);
        ChannelBindings.Channel channel =
                allocation == null ? null : allocation.channels().find(ChannelData.number(datagram), now);
        if (channel == null || !ChannelData.narrow(datagram)) {
            counters.dropped.increment();
            return;
        }
        relay(allocation, datagram, channel.peer());
    }

    void indication(ByteBuffer datagram, InetSocketAddress client, Moment now) {
        Allocation allocation = allocations.find(client, now);
        if (allocation == null || !send.read(datagram)) {
            counters.dropped.increment();
            return;
        }
        InetSocketAddress peer = allocation.recentPeers().peer(send);
        if (!mayReach(allocation, peer, now)) {
            counters.dropped.increment();
            return;
        }
        send.narrow();
        relay(allocation, datagram, peer);
    }

    /** A permission exists only for addresses the policy admits; the port is not part of it. */
    private boolean mayReach(Allocation allocation, InetSocketAddress peer, Moment now) {
        return AddressFamily.of(peer.getAddress()) == allocation.family()
                && allocation.permissions().find(peer.getAddress(), now) != null
                && policy.admitsPort(peer);
    }

    private void relay(Allocation allocation, ByteBuffer data, InetSocketAddress peer) {
        counters.toPeerPackets.increment();
        counters.toPeerBytes.add(data.remaining());
        allocation.socket().send(data, peer);
    }
}
