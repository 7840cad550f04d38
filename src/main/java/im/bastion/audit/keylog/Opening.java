// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.keylog;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What an event's leaf commits to and does not tell: kept beside the leaf until the account is erased.
 *
 * @param fingerprint as in {@link KeyEvent}
 */
public record Opening(String generation, int device, String fingerprint, long signedPreKeyId, String actor) {
    /** No encoded opening is longer, in bytes. */
    static final int MAX_BYTES = 2_048;

    static Opening of(KeyEvent event) {
        return new Opening(
                event.generation(), event.device(), event.fingerprint(), event.signedPreKeyId(), event.actor());
    }

    /** The event again, from its leaf and whose it is. */
    KeyEvent event(Leaf.Event leaf, String account) {
        return new KeyEvent(leaf.at(), leaf.kind(), account, generation, device, fingerprint, signedPreKeyId, actor);
    }

    /** Device (4 bytes), signed prekey (8), then each text in UTF-8 with its length (2) before it. */
    byte[] encode() {
        byte[][] texts = {generation.getBytes(UTF_8), fingerprint.getBytes(UTF_8), actor.getBytes(UTF_8)};
        int length = Integer.BYTES + Long.BYTES;
        for (byte[] text : texts) {
            length += Short.BYTES + text.length;
        }
        ByteBuffer bytes = ByteBuffer.allocate(length).putInt(device).putLong(signedPreKeyId);
        for (byte[] text : texts) {
            bytes.putShort((short) text.length).put(text);
        }
        return bytes.array();
    }

    /** @throws IllegalArgumentException when these are not the bytes of an opening, and of nothing else */
    static Opening decode(byte[] encoded) {
        ByteBuffer bytes = ByteBuffer.wrap(encoded);
        try {
            int device = bytes.getInt();
            long signedPreKeyId = bytes.getLong();
            Opening opening = new Opening(text(bytes), device, text(bytes), signedPreKeyId, text(bytes));
            if (bytes.hasRemaining() || !Arrays.equals(opening.encode(), encoded)) {
                throw new IllegalArgumentException("Not written as an opening is");
            }
            return opening;
        } catch (BufferUnderflowException e) {
            throw new IllegalArgumentException("The opening ends too early", e);
        }
    }

    private static String text(ByteBuffer bytes) {
        int length = Short.toUnsignedInt(bytes.getShort());
        if (length > bytes.remaining()) {
            throw new IllegalArgumentException("A text longer than the rest");
        }
        byte[] text = new byte[length];
        bytes.get(text);
        return new String(text, UTF_8);
    }
}
