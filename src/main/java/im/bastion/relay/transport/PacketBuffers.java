// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.transport;

import im.bastion.relay.stun.DataIndication;
import im.bastion.relay.turn.TurnServer;
import java.nio.ByteBuffer;

/** The two buffers of a loop: every datagram is received into the first and sent on from there. */
final class PacketBuffers {
    private static final int MAX_DATAGRAM_BYTES = 65_535;

    private final ByteBuffer datagram =
            ByteBuffer.allocateDirect(DataIndication.MAX_HEADROOM + MAX_DATAGRAM_BYTES + DataIndication.TAILROOM);
    private final ByteBuffer answer = ByteBuffer.allocateDirect(TurnServer.MAX_ANSWER_BYTES);

    /** Room for a datagram, with room for a header before and padding behind. */
    ByteBuffer emptyDatagram() {
        return datagram.limit(DataIndication.MAX_HEADROOM + MAX_DATAGRAM_BYTES).position(DataIndication.MAX_HEADROOM);
    }

    /** What was received into it. */
    ByteBuffer receivedDatagram() {
        return datagram.limit(datagram.position()).position(DataIndication.MAX_HEADROOM);
    }

    ByteBuffer emptyAnswer() {
        return answer.clear();
    }
}
