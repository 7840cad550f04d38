// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.transport;

import java.nio.ByteBuffer;

/**
 * The ClientHello of a DTLS 1.2 handshake (RFC 6347 §4.2), as far as the cookie exchange needs it: whole, in one record of
 * epoch 0.
 *
 * @param sequence the record's sequence number
 * @param message the handshake's message_seq
 * @param cookieAt where the cookie's length lies in the datagram
 */
record DtlsHello(ByteBuffer datagram, long sequence, int message, int cookieAt) {
    private static final int RECORD_BYTES = 13;
    private static final int HANDSHAKE_BYTES = 12;
    private static final int RANDOM_BYTES = 32;
    private static final byte HANDSHAKE = 22;
    private static final byte ALERT = 21;
    private static final byte FATAL = 2;
    private static final byte PROTOCOL_VERSION = 70;
    private static final byte CLIENT_HELLO = 1;
    private static final byte HELLO_VERIFY_REQUEST = 3;
    private static final short DTLS_1_0 = (short) 0xFEFF;
    private static final int VERSION_AND_RANDOM_BYTES = 2 + RANDOM_BYTES;

    /** Reads the datagram, which must not change as long as the result is used; null when it is none. */
    static DtlsHello read(ByteBuffer received) {
        ByteBuffer datagram = received.slice();
        int body = RECORD_BYTES + HANDSHAKE_BYTES;
        if (datagram.remaining() < body + VERSION_AND_RANDOM_BYTES + 2
                || datagram.get(0) != HANDSHAKE
                || datagram.get(1) != (byte) 0xFE
                || datagram.getShort(3) != 0
                || (datagram.getShort(11) & 0xFFFF) != datagram.remaining() - RECORD_BYTES
                || datagram.get(RECORD_BYTES) != CLIENT_HELLO) {
            return null;
        }
        int length = uint24(datagram, RECORD_BYTES + 1);
        boolean whole = uint24(datagram, RECORD_BYTES + 6) == 0
                && uint24(datagram, RECORD_BYTES + 9) == length
                && length == datagram.remaining() - body;
        int cookieAt = body + VERSION_AND_RANDOM_BYTES + 1 + (datagram.get(body + VERSION_AND_RANDOM_BYTES) & 0xFF);
        if (!whole
                || cookieAt >= datagram.limit()
                || cookieAt + 1 + (datagram.get(cookieAt) & 0xFF) > datagram.limit()) {
            return null;
        }
        return new DtlsHello(datagram, datagram.getLong(3), datagram.getShort(RECORD_BYTES + 4) & 0xFFFF, cookieAt);
    }

    /** Whether the client knows no newer version than 1.0, which is not to be spoken any more (RFC 8996). */
    boolean isOutdated() {
        return datagram.getShort(RECORD_BYTES + HANDSHAKE_BYTES) == DTLS_1_0;
    }

    /** The alert that says so: fatal, protocol_version. */
    void refuse(ByteBuffer out) {
        out.put(ALERT)
                .putShort(DTLS_1_0)
                .putLong(sequence)
                .putShort((short) 2)
                .put(FATAL)
                .put(PROTOCOL_VERSION);
    }

    /** What the client made up for this handshake: 32 bytes. */
    ByteBuffer random() {
        return datagram.slice(RECORD_BYTES + HANDSHAKE_BYTES + 2, RANDOM_BYTES);
    }

    /** What it was told to send along; empty at first. */
    ByteBuffer cookie() {
        return datagram.slice(cookieAt + 1, datagram.get(cookieAt) & 0xFF);
    }

    /** The request to send this cookie along, shorter than any ClientHello. */
    void verify(byte[] cookie, ByteBuffer out) {
        int length = 3 + cookie.length;
        out.put(HANDSHAKE).putShort(DTLS_1_0).putLong(sequence).putShort((short) (HANDSHAKE_BYTES + length));
        out.put(HELLO_VERIFY_REQUEST);
        put24(out, length);
        out.putShort((short) message);
        put24(out, 0);
        put24(out, length);
        out.putShort(DTLS_1_0).put((byte) cookie.length).put(cookie);
    }

    /** The ClientHello this one repeats: the same without a cookie and as the first message. */
    ByteBuffer first() {
        int cookieBytes = datagram.get(cookieAt) & 0xFF;
        ByteBuffer first = ByteBuffer.allocate(datagram.remaining() - cookieBytes);
        first.put(datagram.slice(0, cookieAt)).put((byte) 0);
        first.put(datagram.slice(cookieAt + 1 + cookieBytes, datagram.limit() - cookieAt - 1 - cookieBytes));
        first.flip();
        first.putLong(3, 0).putShort(11, (short) (first.limit() - RECORD_BYTES)).putShort(RECORD_BYTES + 4, (short) 0);
        int length = first.limit() - RECORD_BYTES - HANDSHAKE_BYTES;
        set24(first, RECORD_BYTES + 1, length);
        set24(first, RECORD_BYTES + 9, length);
        return first;
    }

    private static int uint24(ByteBuffer bytes, int at) {
        return (bytes.get(at) & 0xFF) << 16 | (bytes.getShort(at + 1) & 0xFFFF);
    }

    private static void put24(ByteBuffer out, int value) {
        out.put((byte) (value >> 16)).putShort((short) value);
    }

    private static void set24(ByteBuffer out, int at, int value) {
        out.put(at, (byte) (value >> 16)).putShort(at + 1, (short) value);
    }
}
