// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.transport;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Datagram sockets as UDP means them: sending is tried once, without a promise. */
final class Datagrams {
    private static final Logger LOG = LoggerFactory.getLogger(Datagrams.class);
    /** What the kernel grants of it is up to net.core.rmem_max. */
    static final int LISTENER_BUFFER_BYTES = 4 * 1_024 * 1_024;

    private Datagrams() {}

    /** A socket for many clients, bound and non-blocking. */
    static DatagramChannel listen(InetSocketAddress address) throws IOException {
        DatagramChannel channel = open(address.getAddress());
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, LISTENER_BUFFER_BYTES);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, LISTENER_BUFFER_BYTES);
            channel.bind(address).configureBlocking(false);
            return channel;
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Both families for the wildcard, else that of the address. */
    private static DatagramChannel open(InetAddress address) throws IOException {
        ProtocolFamily family =
                address.getAddress().length == 4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
        return address.isAnyLocalAddress() ? DatagramChannel.open() : DatagramChannel.open(family);
    }

    /** Sends, or drops it when the system's buffer is full or the address cannot be reached. */
    static void send(DatagramChannel channel, ByteBuffer datagram, InetSocketAddress to) {
        try {
            channel.send(datagram, to);
        } catch (IOException e) {
            LOG.debug("A datagram could not be sent", e);
        }
    }
}
