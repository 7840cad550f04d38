// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.stun;

import java.nio.ByteBuffer;

/**
 * The attributes that are an unsigned number of 32 bits: LIFETIME in seconds (RFC 8656 §18.2), CONNECTION-ID (RFC 6062
 * §6.2.1) and CHANGE-REQUEST (RFC 5780 §7.2).
 */
public final class UnsignedAttribute {
    private UnsignedAttribute() {}

    public static StunAttribute of(int type, long number) {
        return new StunAttribute(
                type, ByteBuffer.allocate(4).putInt((int) number).array());
    }

    /** How long something lives. */
    public static StunAttribute lifetime(long seconds) {
        return of(AttributeType.LIFETIME, seconds);
    }

    /**
     * The number.
     *
     * @throws StunFormatException when it has not four bytes
     */
    public static long read(StunAttribute attribute) throws StunFormatException {
        if (attribute.length() != 4) {
            throw new StunFormatException("attribute " + attribute.type() + " has not four bytes");
        }
        return attribute.value().getInt() & 0xFFFF_FFFFL;
    }
}
