// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.stun;

import java.nio.ByteBuffer;

/**
 * Message to bytes: {@code new StunMessageEncoder(out).message(m).integrity(SHA1, key).fingerprint()}. Writes at the
 * buffer's position, which ends behind the message.
 *
 * <p>Every step throws {@link java.nio.BufferOverflowException} when the buffer is too small.
 */
public final class StunMessageEncoder {
    private final ByteBuffer out;
    private final int start;

    public StunMessageEncoder(ByteBuffer out) {
        this.out = out;
        this.start = out.position();
    }

    /** Writes header and attributes. */
    public StunMessageEncoder message(StunMessage message) {
        out.putShort((short) StunMethod.messageType(message.method(), message.stunClass()));
        out.putShort((short) 0).putInt(StunMessage.MAGIC_COOKIE);
        message.transactionId().write(out);
        for (StunAttribute attribute : message.attributes()) {
            out.putShort((short) attribute.type()).putShort((short) attribute.length());
            out.put(attribute.value());
            for (int i = attribute.length(); (i & 3) != 0; i++) {
                out.put((byte) 0);
            }
        }
        out.putShort(start + 2, (short) (out.position() - start - StunMessage.HEADER_BYTES));
        return this;
    }

    /** Adds the integrity attribute; SHA1 comes before SHA256 when both are wanted. */
    public StunMessageEncoder integrity(MessageIntegrity integrity, byte[] key) {
        integrity.append(out, start, key);
        return this;
    }

    /** Adds the fingerprint; nothing can follow. */
    public StunMessageEncoder fingerprint() {
        Fingerprint.append(out, start);
        return this;
    }
}
