// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** The socket behind one relayed transport address. */
public interface RelaySocket {
    /** The address peers see, as the client is told it. */
    InetSocketAddress address();

    /** From here on what peers send goes to {@link TurnServer#fromPeer} for this allocation. */
    void serve(Allocation allocation);

    /** Sends the remaining bytes, or drops them when the system takes no more. */
    void send(ByteBuffer data, InetSocketAddress peer);

    /** The same with the order not to fragment, where {@link RelaySockets#canForbidFragments()}. */
    void sendUnfragmented(ByteBuffer data, InetSocketAddress peer);

    /** Frees the address. */
    void close();
}
