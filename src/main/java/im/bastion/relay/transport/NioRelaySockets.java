// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.transport;

import im.bastion.relay.stun.AddressFamily;
import im.bastion.relay.turn.IpLiteral;
import im.bastion.relay.turn.PortPool;
import im.bastion.relay.turn.RelaySocket;
import im.bastion.relay.turn.RelaySockets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens one datagram channel for each allocation, on the loop's selector. Confined to the loop's thread. */
final class NioRelaySockets implements RelaySockets {
    private static final Logger LOG = LoggerFactory.getLogger(NioRelaySockets.class);
    private static final Map<AddressFamily, InetAddress> ANY =
            Map.of(AddressFamily.IPV4, IpLiteral.parse("0.0.0.0"), AddressFamily.IPV6, IpLiteral.parse("::"));
    /** Ports of the range that other programs hold are skipped, but not without end. */
    private static final int MAX_TRIES = 32;
    /** Room for a tenth of a second of a busy video call. */
    private static final int BUFFER_BYTES = 256 * 1_024;

    private final Map<AddressFamily, InetAddress> relayed = new EnumMap<>(AddressFamily.class);
    private final Map<AddressFamily, PortPool> ports = new EnumMap<>(AddressFamily.class);
    private final InetAddress bind;
    private final Selector selector;
    private final UdpListener listener;

    NioRelaySockets(RelayEndpoint endpoint, Selector selector, UdpListener listener) {
        this.bind = endpoint.bindRelayed();
        this.selector = selector;
        this.listener = listener;
        SecureRandom random = new SecureRandom();
        for (InetAddress address : endpoint.relayed()) {
            AddressFamily family = AddressFamily.of(address);
            relayed.put(family, address);
            ports.put(family, new PortPool(endpoint.minPort(), endpoint.maxPort(), random));
        }
    }

    @Override
    public boolean supports(AddressFamily family) {
        return relayed.containsKey(family);
    }

    @Override
    public RelaySocket open(AddressFamily family, boolean evenPort, long nanos) {
        PortPool pool = ports.get(family);
        for (int i = 0; i < MAX_TRIES; i++) {
            int port = pool.take(evenPort, nanos);
            if (port == PortPool.NONE) {
                return null;
            }
            try {
                return open(family, port, pool);
            } catch (IOException | UnsupportedOperationException e) {
                LOG.debug("Relay port {} cannot be had", port, e);
                pool.release(port, nanos);
            }
        }
        return null;
    }

    private RelaySocket open(AddressFamily family, int port, PortPool pool) throws IOException {
        DatagramChannel channel = DatagramChannel.open(
                family == AddressFamily.IPV4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6);
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER_BYTES);
            channel.bind(new InetSocketAddress(bind.isAnyLocalAddress() ? ANY.get(family) : bind, port));
            channel.configureBlocking(false);
            NioRelaySocket socket = new NioRelaySocket(
                    channel,
                    new InetSocketAddress(relayed.get(family), port),
                    listener,
                    () -> pool.release(port, System.nanoTime()));
            channel.register(selector, SelectionKey.OP_READ, socket);
            return socket;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }
}
