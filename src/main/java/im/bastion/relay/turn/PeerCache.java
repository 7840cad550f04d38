// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import im.bastion.relay.stun.SendIndication;
import java.net.InetSocketAddress;

/** The objects for the peers an allocation sent to lately, so that a Send indication costs no new one. */
final class PeerCache {
    private static final int SLOTS = 8;

    private final long[] high = new long[SLOTS];
    private final long[] low = new long[SLOTS];
    private final InetSocketAddress[] peers = new InetSocketAddress[SLOTS];

    /** The peer the indication names. */
    InetSocketAddress peer(SendIndication send) {
        long upper = send.peerHigh();
        long lower = send.peerLow();
        int port = send.peerPort();
        int slot = (Long.hashCode(lower) * 31 + port) & SLOTS - 1;
        InetSocketAddress known = peers[slot];
        if (known == null || known.getPort() != port || high[slot] != upper || low[slot] != lower) {
            known = send.peer();
            peers[slot] = known;
            high[slot] = upper;
            low[slot] = lower;
        }
        return known;
    }
}
