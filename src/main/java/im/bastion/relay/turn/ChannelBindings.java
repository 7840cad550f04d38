// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import im.bastion.relay.stun.ChannelData;
import im.bastion.relay.stun.StunErrorCode;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

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
    /** By number less {@link ChannelData#MIN_NUMBER}; grows with the highest number bound. */
    private Channel[] byNumber = {};

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
        byPeer.values().removeIf(channel -> {
            boolean over = !now.isBefore(channel.deadlineNanos);
            if (over) {
                byNumber[channel.number - ChannelData.MIN_NUMBER] = null;
            }
            return over;
        });
    }

    private Channel slot(int number) {
        int index = number - ChannelData.MIN_NUMBER;
        return index >= 0 && index < byNumber.length ? byNumber[index] : null;
    }

    private Channel add(Channel channel) {
        int index = channel.number - ChannelData.MIN_NUMBER;
        if (index >= byNumber.length) {
            byNumber = Arrays.copyOf(byNumber, Math.max(index + 1, 8));
        }
        byNumber[index] = channel;
        byPeer.put(channel.peer, channel);
        return channel;
    }
}
