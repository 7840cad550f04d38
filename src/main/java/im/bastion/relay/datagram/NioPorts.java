// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.datagram;

import im.bastion.relay.stun.DataIndication;
import im.bastion.relay.turn.Moment;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Datagram by datagram, on every system that Java runs on. */
public final class NioPorts extends DatagramPorts {
    private static final Logger LOG = LoggerFactory.getLogger(NioPorts.class);
    private static final int MAX_DATAGRAM_BYTES = 65_535;

    private final ByteBuffer buffer =
            ByteBuffer.allocateDirect(DataIndication.MAX_HEADROOM + MAX_DATAGRAM_BYTES + DataIndication.TAILROOM);

    @Override
    public void flush() {
        // Each was sent at once.
    }

    @Override
    DatagramPort port(DatagramChannel channel, boolean few) {
        return new NioPort(channel);
    }

    /** Sends, or drops it when the system's buffer is full or the address cannot be reached. */
    static void send(DatagramChannel channel, ByteBuffer datagram, InetSocketAddress to) {
        try {
            channel.send(datagram, to);
        } catch (IOException e) {
            LOG.debug("A datagram could not be sent", e);
        }
    }

    private final class NioPort extends DatagramPort {
        NioPort(DatagramChannel channel) {
            super(channel);
        }

        @Override
        public void receive(Receiver receiver, Moment now) throws IOException {
            for (int i = 0; i < MAX_PER_TURN && channel().isOpen(); i++) {
                buffer.limit(DataIndication.MAX_HEADROOM + MAX_DATAGRAM_BYTES).position(DataIndication.MAX_HEADROOM);
                InetSocketAddress from = (InetSocketAddress) channel().receive(buffer);
                if (from == null) {
                    return;
                }
                receiver.received(buffer.limit(buffer.position()).position(DataIndication.MAX_HEADROOM), from, now);
            }
        }

        @Override
        public void send(ByteBuffer datagram, InetSocketAddress to) {
            NioPorts.send(channel(), datagram, to);
        }
    }
}
