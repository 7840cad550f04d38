// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.stun;

import java.nio.ByteBuffer;

/** LIFETIME (RFC 8656 §18.2): seconds, unsigned 32 bits. */
public final class LifetimeAttribute {
    private LifetimeAttribute() {}

    public static StunAttribute of(long seconds) {
        return new StunAttribute(
                AttributeType.LIFETIME,
                ByteBuffer.allocate(4).putInt((int) seconds).array());
    }

    /**
     * The seconds.
     *
     * @throws StunFormatException when it has not four bytes
     */
    public static long read(StunAttribute attribute) throws StunFormatException {
        if (attribute.length() != 4) {
            throw new StunFormatException("LIFETIME has four bytes");
        }
        return attribute.value().getInt() & 0xFFFF_FFFFL;
    }
}
