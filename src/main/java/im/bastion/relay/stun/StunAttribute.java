// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.stun;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/** An attribute as it is on the wire. Immutable. */
public final class StunAttribute {
    /** The longest value that fits into a message. */
    public static final int MAX_BYTES = 65_531;

    private final int type;
    private final byte[] value;

    /** @throws IllegalArgumentException when the type is not 16 bits or the value too long */
    public StunAttribute(int type, byte[] value) {
        if (type < 0 || type > 0xFFFF || value.length > MAX_BYTES) {
            throw new IllegalArgumentException("attribute " + type + " with " + value.length + " bytes");
        }
        this.type = type;
        this.value = value.clone();
    }

    public int type() {
        return type;
    }

    public int length() {
        return value.length;
    }

    /** The value, without its padding; read-only. */
    public ByteBuffer value() {
        return ByteBuffer.wrap(value).asReadOnlyBuffer();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StunAttribute a && a.type == type && Arrays.equals(a.value, value);
    }

    @Override
    public int hashCode() {
        return 31 * type + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return "0x%04x:%s".formatted(type, HexFormat.of().formatHex(value));
    }
}
