// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import im.bastion.relay.stun.AddressFamily;
import im.bastion.relay.stun.AttributeType;
import im.bastion.relay.stun.FirstByteAttribute;
import im.bastion.relay.stun.StunAttribute;
import im.bastion.relay.stun.StunErrorCode;
import im.bastion.relay.stun.StunFormatException;
import im.bastion.relay.stun.StunMessage;

/**
 * What an Allocate request asks for (RFC 8656 §7.1), without regard to whether it can be had.
 *
 * @param transport the protocol number of REQUESTED-TRANSPORT, or -1
 * @param family the family, or null when it is none we know
 * @param both whether the other family is wanted too
 * @param even whether the port must be even
 * @param next whether the port after it is to be reserved
 * @param token what was reserved earlier, or null
 * @param mobile whether the client wants to take the allocation elsewhere later (RFC 8016)
 * @param contradictory whether attributes are in it that exclude each other
 */
record AllocationWish(
        int transport,
        AddressFamily family,
        boolean both,
        boolean even,
        boolean next,
        StunAttribute token,
        boolean mobile,
        boolean contradictory) {
    static final int UDP = 17;
    static final int TCP = 6;
    private static final int NONE = -1;
    private static final int RESERVE_NEXT_PORT = 0x80;

    static AllocationWish of(StunMessage message) throws StunFormatException {
        int transport = firstByte(message, AttributeType.REQUESTED_TRANSPORT);
        int family = firstByte(message, AttributeType.REQUESTED_ADDRESS_FAMILY);
        int additional = firstByte(message, AttributeType.ADDITIONAL_ADDRESS_FAMILY);
        int even = firstByte(message, AttributeType.EVEN_PORT);
        boolean next = even != NONE && (even & RESERVE_NEXT_PORT) != 0;
        StunAttribute token = message.first(AttributeType.RESERVATION_TOKEN);
        return new AllocationWish(
                transport,
                family == NONE ? AddressFamily.IPV4 : AddressFamily.ofNumber(family),
                additional != NONE,
                even != NONE,
                next,
                token,
                message.has(AttributeType.MOBILITY_TICKET),
                (token != null && (even != NONE || family != NONE || additional != NONE))
                        || (additional != NONE && (family != NONE || next))
                        || (additional != NONE && additional != AddressFamily.IPV6.number()));
    }

    /** What RFC 8656 §7.2, RFC 6062 §5.1 and RFC 8016 §3.1 have against it whatever is free, or null. */
    StunErrorCode refusal(Leg leg) {
        if (transport == NONE || contradictory) {
            return StunErrorCode.BAD_REQUEST;
        }
        if (transport == TCP && mobile) {
            // Peers' connections are joined to the client's and cannot go elsewhere with it.
            return StunErrorCode.MOBILITY_FORBIDDEN;
        }
        if (transport == TCP) {
            return leg.isStream() && !even && token == null && !both ? null : StunErrorCode.BAD_REQUEST;
        }
        return transport == UDP ? null : StunErrorCode.UNSUPPORTED_TRANSPORT;
    }

    private static int firstByte(StunMessage message, int type) throws StunFormatException {
        StunAttribute attribute = message.first(type);
        return attribute == null ? NONE : FirstByteAttribute.read(attribute);
    }
}
