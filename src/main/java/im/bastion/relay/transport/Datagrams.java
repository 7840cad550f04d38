// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.transport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Sending as UDP means it: once, without a promise. */
final class Datagrams {
    private static final Logger LOG = LoggerFactory.getLogger(Datagrams.class);

    private Datagrams() {}

    /** Sends, or drops it when the system's buffer is full or the address cannot be reached. */
    static void send(DatagramChannel channel, ByteBuffer datagram, InetSocketAddress to) {
        try {
            channel.send(datagram, to);
        } catch (IOException e) {
            LOG.debug("A datagram could not be sent", e);
        }
    }
}
