// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.stun;

import java.nio.ByteBuffer;

/** The four bytes before the data of a channel (RFC 8656 §12.4), read and written in place. */
public final class ChannelData {
    public static final int HEADER_BYTES = 4;
    /** The lowest number a client may bind. */
    public static final int MIN_NUMBER = 0x4000;

    /**
     * The highest one. RFC 8656 §12 ends the range at 0x4FFF, for the sake of clients that share a port with DTLS and RTP;
     * clients of RFC 5766, coturn's among them, still draw their numbers from its range, and nothing else comes to this port.
     */
    public static final int MAX_NUMBER = 0x7FFE;

    private ChannelData() {}

    /** Whether the datagram begins like one; its length may still be wrong. */
    public static boolean isChannelData(ByteBuffer datagram) {
        return datagram.remaining() >= HEADER_BYTES && (datagram.get(datagram.position()) & 0xC0) == 0x40;
    }

    public static int number(ByteBuffer datagram) {
        return datagram.getShort(datagram.position()) & 0xFFFF;
    }

    /**
     * Narrows position and limit to the data.
     *
     * @return false, with nothing changed, when the datagram is shorter than it says
     */
    public static boolean narrow(ByteBuffer datagram) {
        int start = datagram.position() + HEADER_BYTES;
        int length = datagram.getShort(start - 2) & 0xFFFF;
        if (length > datagram.limit() - start) {
            return false;
        }
        datagram.limit(start + length).position(start);
        return true;
    }

    /** Puts the header before the data, into bytes that lie before the buffer's position. */
    public static void wrap(ByteBuffer data, int number) {
        int start = data.position() - HEADER_BYTES;
        data.putShort(start, (short) number).putShort(start + 2, (short) data.remaining());
        data.position(start);
    }
}
