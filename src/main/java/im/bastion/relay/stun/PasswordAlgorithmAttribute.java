// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.stun;

import java.nio.ByteBuffer;

/**
 * PASSWORD-ALGORITHMS, what a server offers, and PASSWORD-ALGORITHM, what a client chose (RFC 8489 §14.11, §14.12). Neither
 * registered algorithm has parameters.
 */
public final class PasswordAlgorithmAttribute {
    private static final int ENTRY_BYTES = 4;

    private PasswordAlgorithmAttribute() {}

    /** An offer, the preferred one first. */
    public static StunAttribute offer(PasswordAlgorithm... algorithms) {
        return of(AttributeType.PASSWORD_ALGORITHMS, algorithms);
    }

    public static StunAttribute choice(PasswordAlgorithm algorithm) {
        return of(AttributeType.PASSWORD_ALGORITHM, algorithm);
    }

    /** The algorithm a client chose, or null when it is none of ours. */
    public static PasswordAlgorithm read(StunAttribute choice) {
        ByteBuffer value = choice.value();
        return value.remaining() == ENTRY_BYTES && value.getShort(2) == 0
                ? PasswordAlgorithm.ofNumber(value.getShort() & 0xFFFF)
                : null;
    }

    private static StunAttribute of(int type, PasswordAlgorithm... algorithms) {
        ByteBuffer value = ByteBuffer.allocate(ENTRY_BYTES * algorithms.length);
        for (PasswordAlgorithm algorithm : algorithms) {
            value.putShort((short) algorithm.number()).putShort((short) 0);
        }
        return new StunAttribute(type, value.array());
    }
}
