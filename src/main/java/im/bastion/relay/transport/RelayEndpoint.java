// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Where the relay listens and where its relayed addresses are.
 *
 * @param listen the UDP address for clients; port 0 takes any free one
 * @param relayed one address for each family that can be relayed, as peers see it
 * @param bindRelayed the local address relayed sockets are bound to; the wildcard for all
 * @param minPort the lowest relayed port
 * @param maxPort the highest
 */
public record RelayEndpoint(
        InetSocketAddress listen, List<InetAddress> relayed, InetAddress bindRelayed, int minPort, int maxPort) {
    public RelayEndpoint {
        relayed = List.copyOf(relayed);
    }
}
