// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.transport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Where the relay listens and where its relayed addresses are.
 *
 * @param listen the UDP address for clients; port 0 takes any free one
 * @param tcp whether clients may come over TCP too, to the same address and port
 * @param tls the address for clients that come over TLS, or null
 * @param dtls the address for clients that come over DTLS, or null
 * @param discovery what behaviour discovery needs, or null when it is off
 * @param relayed one address for each family that can be relayed, as peers see it
 * @param bindRelayed the local address relayed sockets are bound to; the wildcard for all
 * @param minPort the lowest relayed port
 * @param maxPort the highest
 * @param batched whether datagrams may be handled many at once, where the system can
 */
public record RelayEndpoint(
        InetSocketAddress listen,
        boolean tcp,
        InetSocketAddress tls,
        InetSocketAddress dtls,
        SecondAddress discovery,
        List<InetAddress> relayed,
        InetAddress bindRelayed,
        int minPort,
        int maxPort,
        boolean batched) {
    public RelayEndpoint {
        relayed = List.copyOf(relayed);
    }

    /** The same without the optional address that could not be had, or null when it was the one for UDP. */
    public RelayEndpoint without(CannotListenException failed) {
        if (failed.protocol().equals("TCP")) {
            return failed.address().equals(tls)
                    ? optional(tcp, null, dtls, discovery)
                    : optional(false, tls, dtls, discovery);
        }
        if (failed.address().equals(dtls)) {
            return optional(tcp, tls, null, discovery);
        }
        return failed.address().equals(listen) ? null : optional(tcp, tls, dtls, null);
    }

    private RelayEndpoint optional(
            boolean plain, InetSocketAddress secure, InetSocketAddress secureUdp, SecondAddress second) {
        return new RelayEndpoint(
                listen, plain, secure, secureUdp, second, relayed, bindRelayed, minPort, maxPort, batched);
    }

    /**
     * The second address and port of behaviour discovery (RFC 5780 §6).
     *
     * @param port used on both addresses
     */
    public record SecondAddress(InetAddress address, int port) {
        /** The three other addresses: first address second port, second address first port, second address second port. */
        List<InetSocketAddress> others(InetSocketAddress first) {
            return List.of(
                    new InetSocketAddress(first.getAddress(), port),
                    new InetSocketAddress(address, first.getPort()),
                    new InetSocketAddress(address, port));
        }
    }
}
