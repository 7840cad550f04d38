// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.stun;

import java.util.List;

/**
 * A STUN message without the attributes that seal it (integrity and fingerprint), which belong to the bytes.
 *
 * @param method see {@link StunMethod}; 12 bits
 * @param attributes in the order of the wire, at most {@link #MAX_ATTRIBUTES}
 */
public record StunMessage(
        StunClass stunClass, int method, TransactionId transactionId, List<StunAttribute> attributes) {
    public static final int HEADER_BYTES = 20;
    public static final int MAGIC_COOKIE = 0x2112A442;
    /** No message of any specification has half as many. */
    public static final int MAX_ATTRIBUTES = 32;

    public StunMessage {
        if (method < 0 || method > StunMethod.MAX || attributes.size() > MAX_ATTRIBUTES) {
            throw new IllegalArgumentException("method " + method + ", " + attributes.size() + " attributes");
        }
        attributes = List.copyOf(attributes);
    }

    /** The first attribute of the type, which is the one that counts (RFC 8489 §14), or null. */
    public StunAttribute first(int type) {
        for (StunAttribute attribute : attributes) {
            if (attribute.type() == type) {
                return attribute;
            }
        }
        return null;
    }

    public boolean has(int type) {
        return first(type) != null;
    }
}
