// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.stun;

import java.nio.ByteBuffer;

/**
 * Walks over the attributes of a datagram in place, from its position to its limit. Reads with absolute indexes and moves
 * nothing in the buffer. One cursor can walk many datagrams, so a hot path needs no new one.
 */
final class AttributeCursor {
    private static final int ATTRIBUTE_HEADER_BYTES = 4;

    private ByteBuffer message;
    private int next;
    private int end;
    private int start;
    private int type;
    private int length;

    /**
     * Stands before the first attribute.
     *
     * @return false when the header is not that of exactly one STUN message
     */
    boolean open(ByteBuffer datagram) {
        message = datagram;
        int at = datagram.position();
        int size = datagram.remaining();
        if (size < StunMessage.HEADER_BYTES || (size & 3) != 0 || (datagram.get(at) & 0xC0) != 0) {
            return false;
        }
        next = at + StunMessage.HEADER_BYTES;
        end = datagram.limit();
        return (datagram.getShort(at + 2) & 0xFFFF) == size - StunMessage.HEADER_BYTES
                && datagram.getInt(at + 4) == StunMessage.MAGIC_COOKIE;
    }

    /** Whether all attributes have been passed. */
    boolean atEnd() {
        return next == end;
    }

    /**
     * Goes to the next attribute.
     *
     * @return false when it does not fit into what is left
     */
    boolean advance() {
        if (end - next < ATTRIBUTE_HEADER_BYTES) {
            return false;
        }
        start = next;
        type = message.getShort(start) & 0xFFFF;
        length = message.getShort(start + 2) & 0xFFFF;
        int padded = length + 3 & ~3;
        if (padded > end - start - ATTRIBUTE_HEADER_BYTES) {
            return false;
        }
        next = start + ATTRIBUTE_HEADER_BYTES + padded;
        return true;
    }

    int type() {
        return type;
    }

    /** Where the attribute's header begins. */
    int start() {
        return start;
    }

    /** Where its value begins. */
    int valueStart() {
        return start + ATTRIBUTE_HEADER_BYTES;
    }

    /** How long its value is, without padding. */
    int length() {
        return length;
    }
}
