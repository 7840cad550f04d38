// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import im.bastion.relay.stun.AddressFamily;
import im.bastion.relay.stun.AttributeType;
import im.bastion.relay.stun.FirstByteAttribute;
import im.bastion.relay.stun.StunAttribute;
import im.bastion.relay.stun.StunErrorCode;
import im.bastion.relay.stun.StunFormatException;
import im.bastion.relay.stun.StunMessage;
import im.bastion.relay.stun.UnsignedAttribute;

/** Refresh (RFC 8656 §8.2): a longer life, with lifetime zero the end, with a ticket another path (RFC 8016 §3.2). */
final class RefreshHandler extends AllocationMethod {
    private final AllocationTable allocations;
    private final MobilityTickets tickets;

    RefreshHandler(AllocationTable allocations, MobilityTickets tickets) {
        this.allocations = allocations;
        this.tickets = tickets;
    }

    @Override
    public Allocation allocation(TurnRequest request) {
        Allocation here = super.allocation(request);
        StunAttribute ticket = request.message().first(AttributeType.MOBILITY_TICKET);
        return here == null && ticket != null ? tickets.find(ticket, request.now()) : here;
    }

    @Override
    StunMessage handle(TurnRequest request, Allocation allocation) throws StunFormatException {
        StunAttribute wanted = request.message().first(AttributeType.REQUESTED_ADDRESS_FAMILY);
        AddressFamily family = wanted == null ? null : AddressFamily.ofNumber(FirstByteAttribute.read(wanted));
        if (wanted != null && (family == null || !allocation.serves(family))) {
            return request.refuse(StunErrorCode.PEER_ADDRESS_FAMILY_MISMATCH);
        }
        long seconds = Lifetime.requested(request.message());
        if (allocation.path() != request.path()) {
            allocation.moveTo(request.path());
            tickets.issue(allocation);
        }
        if (seconds == 0 && family != null && allocation.size() > 1) {
            allocations.drop(allocation, family);
        } else if (seconds == 0) {
            allocations.remove(allocation);
            return request.success(UnsignedAttribute.lifetime(0));
        } else {
            allocation.keepFor(seconds, request.now());
        }
        StunAttribute ticket = tickets.of(allocation);
        StunAttribute lifetime = UnsignedAttribute.lifetime(seconds);
        return ticket == null || !request.message().has(AttributeType.MOBILITY_TICKET)
                ? request.success(lifetime)
                : request.success(lifetime, ticket);
    }
}
