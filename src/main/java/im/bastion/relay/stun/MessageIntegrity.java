// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.stun;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The two integrity attributes: an HMAC over all before them, the length in the header as if they were last. */
public enum MessageIntegrity {
    /** MESSAGE-INTEGRITY (RFC 8489 §14.5). */
    SHA1(AttributeType.MESSAGE_INTEGRITY, "HmacSHA1", 20, 20),
    /** MESSAGE-INTEGRITY-SHA256 (RFC 8489 §14.6), which a sender may cut to 16 bytes or more in steps of 4. */
    SHA256(AttributeType.MESSAGE_INTEGRITY_SHA256, "HmacSHA256", 32, 16);

    private final int type;
    private final String algorithm;
    private final int bytes;
    private final int minBytes;

    MessageIntegrity(int type, String algorithm, int bytes, int minBytes) {
        this.type = type;
        this.algorithm = algorithm;
        this.bytes = bytes;
        this.minBytes = minBytes;
    }

    /** The stronger one the datagram carries, or null when it has none. The datagram is a well-formed message. */
    public static MessageIntegrity strongestIn(ByteBuffer datagram) {
        return SHA256.find(datagram) != null ? SHA256 : SHA1.find(datagram) != null ? SHA1 : null;
    }

    /** Whether the datagram carries this attribute and it is what this key makes it. Compares in constant time. */
    public boolean verify(ByteBuffer datagram, byte[] key) {
        AttributeCursor found = find(datagram);
        if (found == null || found.length() < minBytes || found.length() > bytes || (found.length() & 3) != 0) {
            return false;
        }
        byte[] carried = new byte[found.length()];
        datagram.get(found.valueStart(), carried);
        int lengthInHeader = found.valueStart() + found.length() - datagram.position() - StunMessage.HEADER_BYTES;
        byte[] computed = hmac(datagram, datagram.position(), found.start(), lengthInHeader, key);
        return MessageDigest.isEqual(Arrays.copyOf(computed, carried.length), carried);
    }

    /** Seals the message that begins at {@code start} and ends at the buffer's position. */
    void append(ByteBuffer out, int start, byte[] key) {
        int at = out.position();
        int lengthInHeader = at + 4 + bytes - start - StunMessage.HEADER_BYTES;
        byte[] computed = hmac(out, start, at, lengthInHeader, key);
        out.putShort((short) type).putShort((short) bytes).put(computed);
        out.putShort(start + 2, (short) lengthInHeader);
    }

    /** A cursor that stands on the attribute, or null. Nothing behind the first integrity attribute but the other counts. */
    private AttributeCursor find(ByteBuffer datagram) {
        AttributeCursor cursor = new AttributeCursor();
        if (!cursor.open(datagram)) {
            return null;
        }
        while (!cursor.atEnd() && cursor.advance()) {
            if (cursor.type() == type) {
                return cursor;
            }
            if (cursor.type() == AttributeType.MESSAGE_INTEGRITY_SHA256) {
                return null;
            }
        }
        return null;
    }

    private byte[] hmac(ByteBuffer buffer, int from, int to, int lengthInHeader, byte[] key) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            mac.update(buffer.get(from));
            mac.update(buffer.get(from + 1));
            mac.update((byte) (lengthInHeader >> 8));
            mac.update((byte) lengthInHeader);
            mac.update(buffer.duplicate().clear().limit(to).position(from + 4));
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(algorithm + " is part of every Java", e);
        }
    }
}
