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
    /** Takes data to a peer that is relayed here too. */
    @FunctionalInterface
    interface Hairpin {
        /**
         * Delivers the data as if it had gone out and come in again; false when nobody is relayed at that address.
         *
         * @param from the sender's relayed address
         */
        boolean deliver(InetSocketAddress from, ByteBuffer data, InetSocketAddress peer, Moment now);
    }

    private final Hairpin hairpin;
    private final PeerRules peers;
    private final TurnCounters counters;
    private final SendIndication send;

    /** @param unfragmented whether an indication may forbid to fragment it */
    SendHandler(PeerRules peers, boolean unfragmented, Hairpin hairpin, TurnCounters counters) {
        this.hairpin = hairpin;
        this.send = new SendIndication(unfragmented);
        this.peers = peers;
        this.counters = counters;
    }

    void channelData(ByteBuffer datagram, ClientPath client, Moment now) {
        Allocation allocation = client.allocation(now);
        ChannelBindings.Channel channel =
                allocation == null ? null : allocation.channels().find(ChannelData.number(datagram), now);
        if (channel == null || !ChannelData.narrow(datagram)) {
            counters.dropped.increment();
            return;
        }
        RelaySocket socket = allocation.socket(AddressFamily.of(channel.peer().getAddress()));
        if (socket == null) {
            counters.dropped.increment();
        } else if (count(allocation, datagram, now)
                && !hairpin.deliver(socket.address(), datagram, channel.peer(), now)) {
            socket.send(datagram, channel.peer());
        }
    }

    void indication(ByteBuffer datagram, ClientPath client, Moment now) {
        Allocation allocation = client.allocation(now);
        if (allocation == null || !send.read(datagram)) {
            counters.dropped.increment();
            return;
        }
        InetSocketAddress peer = allocation.recentPeers().peer(send);
        RelaySocket socket = allocation.socket(AddressFamily.of(peer.getAddress()));
        if (socket == null || !mayReach(allocation, peer, now)) {
            counters.dropped.increment();
            return;
        }
        boolean unfragmented = send.isUnfragmented();
        send.narrow();
        if (!count(allocation, datagram, now) || hairpin.deliver(socket.address(), datagram, peer, now)) {
            return;
        }
        if (unfragmented) {
            socket.sendUnfragmented(datagram, peer);
        } else {
            socket.send(datagram, peer);
        }
    }

    /** A permission exists only for addresses the policy admits; the port is not part of it. */
    private boolean mayReach(Allocation allocation, InetSocketAddress peer, Moment now) {
        return allocation.permissions().find(peer.getAddress(), now) != null
                && peers.admitsPort(peer)
                && !allocation.isOwn(peer);
    }

    /** Counts the data, if it is not too much. */
    private boolean count(Allocation allocation, ByteBuffer data, Moment now) {
        if (!allocation.mayRelay(data.remaining(), now)) {
            counters.tooMuch.increment();
            return false;
        }
        counters.toPeerPackets.increment();
        counters.toPeerBytes.add(data.remaining());
        allocation.traffic().toPeer(data, now);
        return true;
    }
}
