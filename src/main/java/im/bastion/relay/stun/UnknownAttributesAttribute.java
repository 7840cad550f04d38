// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.stun;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;

/** UNKNOWN-ATTRIBUTES (RFC 8489 §14.9): the types that a 420 complains about. */
public final class UnknownAttributesAttribute {
    private UnknownAttributesAttribute() {}

    public static StunAttribute of(List<Integer> types) {
        ByteBuffer value = ByteBuffer.allocate(2 * types.size());
        types.forEach(type -> value.putShort(type.shortValue()));
        return new StunAttribute(AttributeType.UNKNOWN_ATTRIBUTES, value.array());
    }

    /** The types, in the order of the wire. */
    public static List<Integer> read(StunAttribute attribute) {
        ByteBuffer value = attribute.value();
        return IntStream.range(0, value.remaining() / 2)
                .mapToObj(i -> value.getShort(2 * i) & 0xFFFF)
                .toList();
    }
}
