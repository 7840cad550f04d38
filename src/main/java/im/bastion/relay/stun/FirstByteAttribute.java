// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.stun;

/**
 * The attributes whose first byte is all: REQUESTED-TRANSPORT (RFC 8656 §18.7), REQUESTED-ADDRESS-FAMILY (§18.6) and
 * ADDITIONAL-ADDRESS-FAMILY (§18.11), with three reserved bytes behind it, and EVEN-PORT (§18.5), which is that byte alone.
 */
public final class FirstByteAttribute {
    private FirstByteAttribute() {}

    /** The attribute with its reserved bytes zero. */
    public static StunAttribute of(int type, int value) {
        byte[] bytes = new byte[length(type)];
        bytes[0] = (byte) value;
        return new StunAttribute(type, bytes);
    }

    /**
     * The byte, 0 to 255.
     *
     * @throws StunFormatException when the length is wrong
     */
    public static int read(StunAttribute attribute) throws StunFormatException {
        if (attribute.length() != length(attribute.type())) {
            throw new StunFormatException("attribute " + attribute.type() + " has another length");
        }
        return attribute.value().get() & 0xFF;
    }

    private static int length(int type) {
        return type == AttributeType.EVEN_PORT ? 1 : 4;
    }
}
