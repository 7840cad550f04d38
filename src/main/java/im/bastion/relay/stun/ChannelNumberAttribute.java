// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.stun;

import java.nio.ByteBuffer;

/** CHANNEL-NUMBER (RFC 8656 §18.1): 16 bits, then 16 reserved ones. */
public final class ChannelNumberAttribute {
    private ChannelNumberAttribute() {}

    public static StunAttribute of(int number) {
        return new StunAttribute(
                AttributeType.CHANNEL_NUMBER,
                ByteBuffer.allocate(4).putShort((short) number).array());
    }

    /**
     * The number as it came, in range or not.
     *
     * @throws StunFormatException when it has not four bytes
     */
    public static int read(StunAttribute attribute) throws StunFormatException {
        if (attribute.length() != 4) {
            throw new StunFormatException("CHANNEL-NUMBER has four bytes");
        }
        return attribute.value().getShort() & 0xFFFF;
    }
}
