// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.stun;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/** ERROR-CODE (RFC 8489 §14.8). */
public final class ErrorCodeAttribute {
    private ErrorCodeAttribute() {}

    public static StunAttribute of(StunErrorCode code) {
        byte[] reason = code.reason().getBytes(UTF_8);
        ByteBuffer value = ByteBuffer.allocate(4 + reason.length).putShort((short) 0);
        value.put((byte) (code.number() / 100))
                .put((byte) (code.number() % 100))
                .put(reason);
        return new StunAttribute(AttributeType.ERROR_CODE, value.array());
    }

    /**
     * The number, 300 to 699.
     *
     * @throws StunFormatException when it is shorter than four bytes or out of range
     */
    public static int read(StunAttribute attribute) throws StunFormatException {
        ByteBuffer value = attribute.value();
        int hundreds = value.remaining() < 4 ? 0 : value.get(2) & 7;
        if (hundreds < 3 || hundreds > 6 || value.get(3) < 0 || value.get(3) > 99) {
            throw new StunFormatException("no error code");
        }
        return hundreds * 100 + value.get(3);
    }
}
