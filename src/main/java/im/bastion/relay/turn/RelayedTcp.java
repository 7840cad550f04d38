// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import java.net.InetSocketAddress;

/** A relayed TCP address (RFC 6062): connects to peers and lets them connect. */
public interface RelayedTcp {
    /** The address peers see, as the client is told it. */
    InetSocketAddress address();

    /** From here on peers that connect go to {@link TurnServer#peerConnected} for this allocation. */
    void serve(Allocation allocation);

    /** Begins to connect to the peer from the relayed address. The outcome comes on the server's thread. */
    void connect(InetSocketAddress peer, ConnectOutcome outcome);

    /** Frees the address and ends all connections of it. */
    void close();

    /** How an attempt to connect ended. */
    interface ConnectOutcome {
        void connected(PeerStream stream, Moment now);

        void failed(Moment now);
    }
}
