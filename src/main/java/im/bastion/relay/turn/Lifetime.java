// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import im.bastion.relay.stun.AttributeType;
import im.bastion.relay.stun.StunAttribute;
import im.bastion.relay.stun.StunFormatException;
import im.bastion.relay.stun.StunMessage;
import im.bastion.relay.stun.UnsignedAttribute;

/** How long an allocation lives (RFC 8656 §7.2, §8.2): what was asked for, between the default and an hour. */
final class Lifetime {
    static final long DEFAULT_SECONDS = 600;
    static final long MAX_SECONDS = 3_600;

    private Lifetime() {}

    /** The seconds to grant; zero stays zero, which in a Refresh ends the allocation. */
    static long requested(StunMessage message) throws StunFormatException {
        StunAttribute attribute = message.first(AttributeType.LIFETIME);
        long seconds = attribute == null ? DEFAULT_SECONDS : UnsignedAttribute.read(attribute);
        return seconds == 0 ? 0 : Math.max(DEFAULT_SECONDS, Math.min(MAX_SECONDS, seconds));
    }
}
