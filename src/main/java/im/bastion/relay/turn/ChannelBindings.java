// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import im.bastion.relay.stun.ChannelData;
import im.bastion.relay.stun.StunErrorCode;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** Which channel number stands for which peer of an allocation, one to one (RFC 8656 §12). */
final class ChannelBindings {
    static final long LIFE_SECONDS = 600;
    /** Many times what the candidates of one call need. */
    static final int MAX = 128;

    /** One number for one peer. */
    static final class Channel {
        private final int number;
        private final InetSocketAddress peer;
        private long deadlineNanos;

        private Channel(int number, InetSocketAddress peer) {
            this.number = number;
            this.peer = peer;
        }

        int number() {
            return number;
        }

        InetSocketAddress peer() {
            return peer;
        }
    }

    private final Map<InetSocketAddress, Channel> byPeer = new HashMap<>();
    /** A hash table with open addressing: looking a number up makes no object. Never more than half full. */
    private Channel[] byNumber = new Channel[4];

    /** Why the two cannot be bound to each other, or null. */
    StunErrorCode refusal(int number, InetSocketAddress peer, Moment now) {
        if (number < ChannelData.MIN_NUMBER || number > ChannelData.MAX_NUMBER) {
            return StunErrorCode.BAD_REQUEST;
        }
        expire(now);
        Channel ofPeer = byPeer.get(peer);
        if (ofPeer != slot(number)) {
            return StunErrorCode.BAD_REQUEST;
        }
        return ofPeer == null && byPeer.size() >= MAX ? StunErrorCode.INSUFFICIENT_CAPACITY : null;
    }

    /** Binds what {@link #refusal} has nothing against, or refreshes that binding. */
    void bind(int number, InetSocketAddress peer, Moment now) {
        Channel channel = slot(number);
        if (channel == null) {
            channel = add(new Channel(number, peer));
        }
        channel.deadlineNanos = now.nanosIn(LIFE_SECONDS);
    }

    /** The live channel of that number, or null. */
    Channel find(int number, Moment now) {
        Channel channel = slot(number);
        return channel != null && now.isBefore(channel.deadlineNanos) ? channel : null;
    }

    /** The live channel to the peer, or null. */
    Channel find(InetSocketAddress peer, Moment now) {
        Channel channel = byPeer.get(peer);
        return channel != null && now.isBefore(channel.deadlineNanos) ? channel : null;
    }

    void expire(Moment now) {
        if (byPeer.values().removeIf(channel -> !now.isBefore(channel.deadlineNanos))) {
            rehash(byNumber.length);
        }
    }

    void withdraw(Predicate<InetAddress> which) {
        if (byPeer.keySet().removeIf(peer -> which.test(peer.getAddress()))) {
            rehash(byNumber.length);
        }
    }

    private Channel slot(int number) {
        return byNumber[indexOf(number)];
    }

    /** Where the number is, or where it would be put. */
    private int indexOf(int number) {
        int index = number & byNumber.length - 1;
        while (byNumber[index] != null && byNumber[index].number != number) {
            index = index + 1 & byNumber.length - 1;
        }
        return index;
    }

    private Channel add(Channel channel) {
        byPeer.put(channel.peer, channel);
        if (byPeer.size() * 2 > byNumber.length) {
            rehash(byNumber.length * 2);
        } else {
            byNumber[indexOf(channel.number)] = channel;
        }
        return channel;
    }

    private void rehash(int length) {
        byNumber = new Channel[length];
        byPeer.values().forEach(channel -> byNumber[indexOf(channel.number)] = channel);
    }
}
