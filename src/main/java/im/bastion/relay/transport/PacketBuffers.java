// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.transport;

import im.bastion.relay.stun.DataIndication;
import java.nio.ByteBuffer;

/**
 * The buffers that all sockets of a loop share: what is received is sent on from there, so an idle connection has none of its
 * own.
 */
final class PacketBuffers {
    /** More than one message of a stream can be, with what TLS puts around it. */
    static final int MAX_MESSAGE_BYTES = 65_535 + 32;
    /** How much one read takes from a stream. */
    static final int READ_BYTES = 65_536;

    private static final int MAX_RECORD_BYTES = 18_432;

    private final ByteBuffer stream = ByteBuffer.allocateDirect(DataIndication.MAX_HEADROOM
            + MAX_MESSAGE_BYTES
            + READ_BYTES
            + 2 * MAX_RECORD_BYTES
            + DataIndication.TAILROOM);
    private final ByteBuffer received = ByteBuffer.allocateDirect(READ_BYTES + MAX_RECORD_BYTES);
    private final ByteBuffer record = ByteBuffer.allocateDirect(MAX_MESSAGE_BYTES + 5 * MAX_RECORD_BYTES);

    /** Room for the rest of a message and one read, with room for a header before and padding behind. */
    ByteBuffer emptyStream() {
        return stream.clear().limit(stream.capacity() - DataIndication.TAILROOM).position(DataIndication.MAX_HEADROOM);
    }

    /** What was received into it. */
    ByteBuffer receivedStream() {
        return stream.limit(stream.position()).position(DataIndication.MAX_HEADROOM);
    }

    /** Room for what comes before it is decrypted. */
    ByteBuffer emptyReceived() {
        return received.clear();
    }

    /** Room for what goes once it is encrypted. */
    ByteBuffer emptyRecord() {
        return record.clear();
    }
}
