// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.setup;

/**
 * Ports that everybody must be able to reach.
 *
 * @param udp whether they are of UDP, else of TCP
 * @param from the lowest one
 * @param to the highest one, or the same
 */
public record Opening(boolean udp, int from, int to) {
    /** One port. */
    public static Opening of(boolean udp, int port) {
        return new Opening(udp, port, port);
    }

    String protocol() {
        return udp ? "udp" : "tcp";
    }

    /** The port, or both ends with that between them. */
    String ports(String between) {
        return from == to ? String.valueOf(from) : from + between + to;
    }

    /** For example "UDP 49152–49407". */
    @Override
    public String toString() {
        return (udp ? "UDP " : "TCP ") + ports("–");
    }
}
