// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.transport;

import im.bastion.policy.IpLiteral;
import im.bastion.relay.datagram.DatagramPort;
import im.bastion.relay.stun.AddressFamily;
import im.bastion.relay.turn.Moment;
import im.bastion.relay.turn.PortPool;
import im.bastion.relay.turn.RelaySocket;
import im.bastion.relay.turn.RelaySockets;
import im.bastion.relay.turn.RelayedTcp;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.security.SecureRandom;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens one socket for each relayed address, on the loop's selector. Confined to the loop's thread. */
final class NioRelaySockets implements RelaySockets {
    private static final Logger LOG = LoggerFactory.getLogger(NioRelaySockets.class);
    private static final Map<AddressFamily, InetAddress> ANY =
            Map.of(AddressFamily.IPV4, IpLiteral.parse("0.0.0.0"), AddressFamily.IPV6, IpLiteral.parse("::"));
    /** Ports of the range that other programs hold are skipped, but not without end. */
    private static final int MAX_TRIES = 32;

    private final Map<AddressFamily, InetAddress> relayed = new EnumMap<>(AddressFamily.class);
    private final Map<AddressFamily, PortPool> udpPorts = new EnumMap<>(AddressFamily.class);
    private final Map<AddressFamily, PortPool> tcpPorts = new EnumMap<>(AddressFamily.class);
    private final Set<NioRelayedTcp> tcp = new HashSet<>();
    private final InetAddress bind;
    private final RelayLoop loop;

    NioRelaySockets(RelayEndpoint endpoint, RelayLoop loop) {
        this.bind = endpoint.bindRelayed();
        this.loop = loop;
        SecureRandom random = new SecureRandom();
        for (InetAddress address : endpoint.relayed()) {
            AddressFamily family = AddressFamily.of(address);
            relayed.put(family, address);
            udpPorts.put(family, new PortPool(endpoint.minPort(), endpoint.maxPort(), random));
            tcpPorts.put(family, new PortPool(endpoint.minPort(), endpoint.maxPort(), random));
        }
    }

    @Override
    public boolean supports(AddressFamily family) {
        return relayed.containsKey(family);
    }

    @Override
    public boolean canForbidFragments() {
        return false;
    }

    @Override
    public RelaySocket open(AddressFamily family, boolean evenPort, long nanos) {
        PortPool pool = udpPorts.get(family);
        for (int i = 0; i < MAX_TRIES; i++) {
            int port = pool.take(evenPort, nanos);
            if (port == PortPool.NONE) {
                return null;
            }
            RelaySocket socket = tryUdp(family, port, nanos);
            if (socket != null) {
                return socket;
            }
        }
        return null;
    }

    @Override
    public List<RelaySocket> openPair(AddressFamily family, long nanos) {
        PortPool pool = udpPorts.get(family);
        for (int i = 0; i < MAX_TRIES; i++) {
            int port = pool.takePair(nanos);
            if (port == PortPool.NONE) {
                return List.of();
            }
            RelaySocket first = tryUdp(family, port, nanos);
            RelaySocket second = tryUdp(family, port + 1, nanos);
            if (first != null && second != null) {
                return List.of(first, second);
            }
            Stream.of(first, second).filter(Objects::nonNull).forEach(RelaySocket::close);
        }
        return List.of();
    }

    @Override
    public RelayedTcp openTcp(AddressFamily family, long nanos) {
        PortPool pool = tcpPorts.get(family);
        for (int i = 0; i < MAX_TRIES; i++) {
            int port = pool.take(false, nanos);
            if (port == PortPool.NONE) {
                return null;
            }
            try {
                return tcp(family, port, pool);
            } catch (IOException | UnsupportedOperationException e) {
                LOG.debug("Relay port {} cannot be had for TCP", port, e);
                pool.release(port, nanos);
            }
        }
        return null;
    }

    /** Gives up attempts to connect that take too long. */
    void expire(Moment now) {
        tcp.forEach(each -> each.expire(now));
    }

    private RelayedTcp tcp(AddressFamily family, int port, PortPool pool) throws IOException {
        NioRelayedTcp[] opened = new NioRelayedTcp[1];
        opened[0] =
                NioRelayedTcp.open(local(family, port), new InetSocketAddress(relayed.get(family), port), loop, () -> {
                    tcp.remove(opened[0]);
                    pool.release(port, System.nanoTime());
                });
        tcp.add(opened[0]);
        return opened[0];
    }

    /** A socket on that port, or null, and the port given back, when another program holds it. */
    private RelaySocket tryUdp(AddressFamily family, int port, long nanos) {
        PortPool pool = udpPorts.get(family);
        try {
            return udp(family, port, pool);
        } catch (IOException | UnsupportedOperationException e) {
            LOG.debug("Relay port {} cannot be had for UDP", port, e);
            pool.release(port, nanos);
            return null;
        }
    }

    private RelaySocket udp(AddressFamily family, int number, PortPool pool) throws IOException {
        DatagramPort port = loop.ports().relay(local(family, number));
        try {
            UdpRelaySocket socket = new UdpRelaySocket(
                    port,
                    new InetSocketAddress(relayed.get(family), number),
                    loop,
                    () -> pool.release(number, System.nanoTime()));
            port.channel().register(loop.selector(), SelectionKey.OP_READ, socket);
            return socket;
        } catch (IOException | RuntimeException e) {
            port.close();
            throw e;
        }
    }

    private InetSocketAddress local(AddressFamily family, int port) {
        boolean fits = !bind.isAnyLocalAddress() && AddressFamily.of(bind) == family;
        return new InetSocketAddress(fits ? bind : ANY.get(family), port);
    }
}
