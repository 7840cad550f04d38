// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.stun;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/** FINGERPRINT (RFC 8489 §14.7): a CRC-32 over all before it, always last. */
public final class Fingerprint {
    private static final int XOR = 0x5354554e;
    private static final int BYTES = 4;

    private Fingerprint() {}

    /** Whether the datagram, which is a well-formed message, ends in one. */
    public static boolean isPresent(ByteBuffer datagram) {
        int at = datagram.limit() - 8;
        return at >= datagram.position() + StunMessage.HEADER_BYTES
                && datagram.getInt(at) == (AttributeType.FINGERPRINT << 16 | BYTES);
    }

    /** Closes the message that begins at {@code start} and ends at the buffer's position. */
    static void append(ByteBuffer out, int start) {
        int at = out.position();
        out.putShort(start + 2, (short) (at + 8 - start - StunMessage.HEADER_BYTES));
        int crc = crc(out, start, at);
        out.putShort((short) AttributeType.FINGERPRINT).putShort((short) BYTES).putInt(crc);
    }

    /** Whether the attribute the cursor stands on is the last one and right. */
    static boolean matches(ByteBuffer datagram, AttributeCursor cursor) {
        return cursor.atEnd()
                && cursor.length() == BYTES
                && datagram.getInt(cursor.valueStart()) == crc(datagram, datagram.position(), cursor.start());
    }

    private static int crc(ByteBuffer buffer, int from, int to) {
        int position = buffer.position();
        int limit = buffer.limit();
        CRC32 crc = new CRC32();
        crc.update(buffer.limit(to).position(from));
        buffer.limit(limit).position(position);
        return (int) crc.getValue() ^ XOR;
    }
}
