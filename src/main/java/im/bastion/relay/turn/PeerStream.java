// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import java.net.InetSocketAddress;

/** A TCP connection with a peer. Nothing is read from it until it is joined to a client's connection. */
public interface PeerStream {
    InetSocketAddress peer();

    void close();
}
