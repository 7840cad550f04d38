// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.stun;

import java.nio.ByteBuffer;

/** Writes Data indications (RFC 8656 §11.4) around data that lies in a buffer already. */
public final class DataIndication {
    /** How many bytes {@link #wrap} needs before the data at most. */
    public static final int MAX_HEADROOM = 48;
    /** How many bytes it needs behind. */
    public static final int TAILROOM = 3;

    private static final int TYPE = StunMethod.messageType(StunMethod.DATA, StunClass.INDICATION);

    private DataIndication() {}

    /**
     * Puts everything before and behind the data; the buffer then holds the indication.
     *
     * @param address the peer's address, four or sixteen bytes
     * @param id any number that differs from the last one's
     */
    public static void wrap(ByteBuffer data, byte[] address, int port, long id) {
        int length = data.remaining();
        int dataAt = data.position();
        int start = dataAt - StunMessage.HEADER_BYTES - 8 - address.length - 4;
        int padded = length + 3 & ~3;
        data.putShort(start, (short) TYPE);
        data.putShort(start + 2, (short) (8 + address.length + 4 + padded));
        data.putInt(start + 4, StunMessage.MAGIC_COOKIE);
        data.putInt(start + 8, 0).putLong(start + 12, id);
        putPeer(data, start, address, port);
        data.putShort(dataAt - 4, (short) AttributeType.DATA).putShort(dataAt - 2, (short) length);
        data.limit(dataAt + padded).position(start);
        for (int i = dataAt + length; i < dataAt + padded; i++) {
            data.put(i, (byte) 0);
        }
    }

    private static void putPeer(ByteBuffer out, int start, byte[] address, int port) {
        int at = start + StunMessage.HEADER_BYTES;
        AddressFamily family = address.length == 4 ? AddressFamily.IPV4 : AddressFamily.IPV6;
        out.putShort(at, (short) AttributeType.XOR_PEER_ADDRESS).putShort(at + 2, (short) (4 + address.length));
        out.putShort(at + 4, (short) family.number());
        out.putShort(at + 6, (short) (port ^ StunMessage.MAGIC_COOKIE >>> 16));
        for (int i = 0; i < address.length; i++) {
            out.put(at + 8 + i, (byte) (address[i] ^ out.get(start + 4 + i)));
        }
    }
}
