// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.datagram;

import im.bastion.relay.stun.DataIndication;
import java.nio.ByteBuffer;

/**
 * Where datagrams lie from the call that receives them to the one that sends them on: slots that the system writes to, and
 * spare room. What lies here may be sent later; what does not is copied or sent at once.
 */
final class PacketMemory {
    /** How many datagrams can be here at once. */
    static final int SLOTS = 64;

    static final int MAX_DATAGRAM_BYTES = 65_535;
    /** Before the data: room for a header, and for the data to begin on a cache line. */
    private static final int HEADROOM = 64;

    private static final int SLOT_BYTES = HEADROOM + MAX_DATAGRAM_BYTES + 1 + 64;
    private static final int SPARE_AT = SLOTS * SLOT_BYTES;
    private static final int SPARE_BYTES = 4 * SLOT_BYTES;

    private final ByteBuffer received = ByteBuffer.allocateDirect(SPARE_AT + SPARE_BYTES);
    private final ByteBuffer spare = received.duplicate();
    private final long address = Libc.addressOf(received);
    private int spareAt = SPARE_AT;

    /** Where a slot's data begins. */
    long slot(int index) {
        return address + (long) index * SLOT_BYTES + HEADROOM;
    }

    /** So many bytes of a slot; the buffer is the same at every call. */
    ByteBuffer received(int index, int offset, int length) {
        int start = index * SLOT_BYTES + HEADROOM + offset;
        return received.limit(start + length).position(start);
    }

    /** Whether the bytes stay where they are until {@link #clear}. */
    @SuppressWarnings("ReferenceEquality") // Another buffer with the same content is not here.
    boolean holds(ByteBuffer data) {
        return data == received || data == spare;
    }

    /** Whether the bytes are where they were received. */
    @SuppressWarnings("ReferenceEquality") // Another buffer with the same content is not here.
    boolean isReceived(ByteBuffer data) {
        return data == received;
    }

    /** Where the remaining bytes of what it holds are. */
    long addressOf(ByteBuffer data) {
        return address + data.position();
    }

    /** Copies the bytes to where there is room around them, or gives null when there is none before {@link #clear}. */
    ByteBuffer copy(ByteBuffer data) {
        int start = spareAt + DataIndication.MAX_HEADROOM;
        int end = start + data.remaining();
        if (end + DataIndication.TAILROOM > SPARE_AT + SPARE_BYTES) {
            return null;
        }
        spareAt = end + DataIndication.TAILROOM;
        spare.clear().put(start, data, data.position(), data.remaining());
        return spare.limit(end).position(start);
    }

    /** The spare room is free again. */
    void clear() {
        spareAt = SPARE_AT;
    }
}
