// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.stun;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Bytes to message. Limits: one message for a datagram, {@link StunMessage#MAX_ATTRIBUTES} attributes. */
public final class StunMessageDecoder {
    private StunMessageDecoder() {}

    /** Whether the datagram can only be STUN (RFC 8489 §5): two zero bits, room for a header, the magic cookie. */
    public static boolean isStun(ByteBuffer datagram) {
        int at = datagram.position();
        return datagram.remaining() >= StunMessage.HEADER_BYTES
                && (datagram.get(at) & 0xC0) == 0
                && datagram.getInt(at + 4) == StunMessage.MAGIC_COOKIE;
    }

    /**
     * Decodes the datagram from its position to its limit and leaves both as they are. Attributes behind an integrity
     * attribute are not part of the message (RFC 8489 §14.5, §14.6); integrity is checked by {@link MessageIntegrity}.
     *
     * @throws StunFormatException when it is not exactly one STUN message or its fingerprint is wrong
     */
    public static StunMessage decode(ByteBuffer datagram) throws StunFormatException {
        AttributeCursor cursor = new AttributeCursor();
        if (!cursor.open(datagram)) {
            throw new StunFormatException("not a STUN header");
        }
        int at = datagram.position();
        int messageType = datagram.getShort(at) & 0xFFFF;
        return new StunMessage(
                StunClass.ofMessageType(messageType),
                StunMethod.ofMessageType(messageType),
                TransactionId.at(datagram, at + 8),
                attributes(cursor, datagram));
    }

    private static List<StunAttribute> attributes(AttributeCursor cursor, ByteBuffer datagram)
            throws StunFormatException {
        List<StunAttribute> attributes = new ArrayList<>();
        boolean sealed = false;
        int seen = 0;
        while (!cursor.atEnd()) {
            if (!cursor.advance() || ++seen > StunMessage.MAX_ATTRIBUTES) {
                throw new StunFormatException("attributes do not fit");
            }
            switch (cursor.type()) {
                case AttributeType.FINGERPRINT -> {
                    if (!Fingerprint.matches(datagram, cursor)) {
                        throw new StunFormatException("wrong fingerprint");
                    }
                }
                case AttributeType.MESSAGE_INTEGRITY, AttributeType.MESSAGE_INTEGRITY_SHA256 -> sealed = true;
                default -> {
                    if (!sealed) {
                        attributes.add(copy(cursor, datagram));
                    }
                }
            }
        }
        return attributes;
    }

    private static StunAttribute copy(AttributeCursor cursor, ByteBuffer datagram) {
        byte[] value = new byte[cursor.length()];
        datagram.get(cursor.valueStart(), value);
        return new StunAttribute(cursor.type(), value);
    }
}
