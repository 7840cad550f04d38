// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.stun;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/** ADDRESS-ERROR-CODE (RFC 8656 §18.12): why one of two families could not be allocated. */
public final class AddressErrorCodeAttribute {
    private AddressErrorCodeAttribute() {}

    public static StunAttribute of(AddressFamily family, StunErrorCode code) {
        byte[] reason = code.reason().getBytes(UTF_8);
        ByteBuffer value = ByteBuffer.allocate(4 + reason.length);
        value.put((byte) family.number()).put((byte) 0);
        value.put((byte) (code.number() / 100))
                .put((byte) (code.number() % 100))
                .put(reason);
        return new StunAttribute(AttributeType.ADDRESS_ERROR_CODE, value.array());
    }
}
