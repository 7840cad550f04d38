// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import java.net.InetSocketAddress;

/**
 * What lets a client find out how its NAT behaves (RFC 5780): a server with two addresses and two ports on each.
 *
 * @param origin where the server answers from (RESPONSE-ORIGIN)
 * @param other the other address with the other port (OTHER-ADDRESS)
 */
public record Discovery(InetSocketAddress origin, InetSocketAddress other, Change change) {
    /** Finds the way to the same client from elsewhere. */
    @FunctionalInterface
    public interface Change {
        /**
         * The way.
         *
         * @param address whether from the other address
         * @param port whether from the other port
         */
        ClientPath path(boolean address, boolean port);
    }
}
