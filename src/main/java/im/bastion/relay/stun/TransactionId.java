// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.stun;

import java.nio.ByteBuffer;

/** The 96 bits that tie an answer to its question (RFC 8489 §5). */
public record TransactionId(int high, int middle, int low) {
    public static final int BYTES = 12;

    /** Reads the identifier at an absolute index. */
    static TransactionId at(ByteBuffer message, int index) {
        return new TransactionId(message.getInt(index), message.getInt(index + 4), message.getInt(index + 8));
    }

    void write(ByteBuffer out) {
        out.putInt(high).putInt(middle).putInt(low);
    }

    /** The pad of XOR addresses (RFC 8489 §14.2): the magic cookie, then this identifier. */
    int pad(int word) {
        return switch (word) {
            case 0 -> StunMessage.MAGIC_COOKIE;
            case 1 -> high;
            case 2 -> middle;
            default -> low;
        };
    }
}
