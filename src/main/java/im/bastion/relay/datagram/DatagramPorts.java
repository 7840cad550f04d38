// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.datagram;

import im.bastion.relay.stun.AddressFamily;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;

/** Opens datagram sockets that share buffers. Confined to one thread, but for its making and the sockets opened before. */
public abstract class DatagramPorts {
    /** For many clients at once; how much of it the system grants is up to net.core.rmem_max. */
    public static final int LISTENER_BUFFER_BYTES = 4 * 1_024 * 1_024;
    /** Room for a tenth of a second of a busy video call. */
    private static final int RELAY_BUFFER_BYTES = 256 * 1_024;

    DatagramPorts() {}

    /** A bound, non-blocking socket for many clients. */
    public final DatagramPort listen(InetSocketAddress address) throws IOException {
        return open(address, LISTENER_BUFFER_BYTES, false);
    }

    /** A bound, non-blocking socket for the peers of one allocation. */
    public final DatagramPort relay(InetSocketAddress address) throws IOException {
        return open(address, RELAY_BUFFER_BYTES, true);
    }

    /** Sends all that waits to be sent. To be called before the thread waits. */
    public abstract void flush();

    /** Makes a socket that is bound and non-blocking a port. */
    abstract DatagramPort port(DatagramChannel channel, boolean few) throws IOException;

    /** Called before each socket is opened. */
    void opening() {}

    private DatagramPort open(InetSocketAddress address, int bufferBytes, boolean few) throws IOException {
        opening();
        DatagramChannel channel = open(address.getAddress(), few);
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, bufferBytes);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, bufferBytes);
            channel.bind(address).configureBlocking(false);
            return port(channel, few);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** For clients both families where the address is the wildcard, else that of the address. */
    private static DatagramChannel open(InetAddress address, boolean oneFamily) throws IOException {
        ProtocolFamily family = AddressFamily.of(address) == AddressFamily.IPV4
                ? StandardProtocolFamily.INET
                : StandardProtocolFamily.INET6;
        return address.isAnyLocalAddress() && !oneFamily ? DatagramChannel.open() : DatagramChannel.open(family);
    }
}
