// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.datagram;

import im.bastion.relay.stun.ChannelData;
import im.bastion.relay.stun.DataIndication;
import im.bastion.relay.turn.Moment;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** One datagram socket. Sending is tried once, without a promise, as UDP means it. Confined to one thread. */
public abstract class DatagramPort implements Closeable {
    /** How many datagrams one turn takes at most, so that no socket starves the others. */
    static final int MAX_PER_TURN = 64;

    private final DatagramChannel channel;

    DatagramPort(DatagramChannel channel) {
        this.channel = channel;
    }

    /** Takes what has been received. */
    @FunctionalInterface
    public interface Receiver {
        /**
         * Takes one datagram.
         *
         * @param datagram good for the length of the call; the same bytes may be sent on by any port of the same maker. Nothing
         *     may be written before or behind it, but by what {@link DatagramPort#withRoom} gives
         */
        void received(ByteBuffer datagram, InetSocketAddress from, Moment now) throws IOException;
    }

    /** To be registered with a selector, and for nothing else. */
    public DatagramChannel channel() {
        return channel;
    }

    /** Reads what is there without waiting, not without end. */
    public abstract void receive(Receiver receiver, Moment now) throws IOException;

    /** Sends, at the latest with {@link DatagramPorts#flush}, or drops what the system does not take. */
    public abstract void send(ByteBuffer datagram, InetSocketAddress to);

    /** Sends data of a channel. */
    public void sendOnChannel(int number, ByteBuffer data, InetSocketAddress to) {
        ByteBuffer roomy = withRoom(data);
        ChannelData.wrap(roomy, number);
        send(roomy, to);
    }

    /**
     * The same bytes where {@link DataIndication#MAX_HEADROOM} bytes before them and {@link DataIndication#TAILROOM} behind may
     * be written to. Where datagrams lie side by side, that takes a copy.
     */
    public ByteBuffer withRoom(ByteBuffer data) {
        return data;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
