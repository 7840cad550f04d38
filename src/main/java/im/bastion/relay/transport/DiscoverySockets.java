// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.transport;

import im.bastion.relay.turn.Discovery;
import java.net.InetSocketAddress;
import java.util.List;

/** The four listeners of behaviour discovery (RFC 5780 §6): two addresses, two ports on each. */
final class DiscoverySockets {
    private final UdpListener[][] byAddressAndPort;

    private DiscoverySockets(List<UdpListener> listeners) {
        byAddressAndPort = new UdpListener[][] {
            {listeners.get(0), listeners.get(1)}, {listeners.get(2), listeners.get(3)},
        };
    }

    /**
     * Lets the four work together.
     *
     * @param listeners first address first port, first address second port, then the same of the second address
     */
    static void join(List<UdpListener> listeners) {
        DiscoverySockets sockets = new DiscoverySockets(listeners);
        listeners.forEach(listener -> listener.discoverWith(sockets));
    }

    /** What the client can be told that sent to that listener. */
    Discovery seenFrom(UdpListener listener, InetSocketAddress client) {
        int at = indexOf(listener);
        UdpListener other = byAddressAndPort[1 - at / 2][1 - at % 2];
        return new Discovery(
                listener.localAddress(),
                other.localAddress(),
                (address, port) ->
                        new UdpPath(byAddressAndPort[at / 2 ^ (address ? 1 : 0)][at % 2 ^ (port ? 1 : 0)], client));
    }

    private int indexOf(UdpListener listener) {
        for (int i = 0; i < 4; i++) {
            if (byAddressAndPort[i / 2][i % 2] == listener) {
                return i;
            }
        }
        throw new IllegalArgumentException("not a listener of these");
    }
}
