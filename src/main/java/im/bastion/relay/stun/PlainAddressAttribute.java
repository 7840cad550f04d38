// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.stun;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** RESPONSE-ORIGIN and OTHER-ADDRESS (RFC 5780 §7.3, §7.4): laid out as MAPPED-ADDRESS (RFC 8489 §14.1). */
public final class PlainAddressAttribute {
    private PlainAddressAttribute() {}

    public static StunAttribute of(int type, InetSocketAddress address) {
        byte[] bytes = address.getAddress().getAddress();
        ByteBuffer value = ByteBuffer.allocate(4 + bytes.length);
        value.putShort((short) AddressFamily.of(address.getAddress()).number());
        return new StunAttribute(
                type, value.putShort((short) address.getPort()).put(bytes).array());
    }
}
