// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import im.bastion.relay.stun.AddressFamily;
import im.bastion.relay.stun.AttributeType;
import im.bastion.relay.stun.FirstByteAttribute;
import im.bastion.relay.stun.LifetimeAttribute;
import im.bastion.relay.stun.StunAttribute;
import im.bastion.relay.stun.StunErrorCode;
import im.bastion.relay.stun.StunFormatException;
import im.bastion.relay.stun.StunMessage;

/** Refresh (RFC 8656 §8.2): a longer life, or with lifetime zero the end. */
final class RefreshHandler extends AllocationMethod {
    RefreshHandler(AllocationTable allocations) {
        super(allocations);
    }

    @Override
    StunMessage handle(TurnRequest request, Allocation allocation) throws StunFormatException {
        StunAttribute family = request.message().first(AttributeType.REQUESTED_ADDRESS_FAMILY);
        if (family != null && AddressFamily.ofNumber(FirstByteAttribute.read(family)) != allocation.family()) {
            return request.refuse(StunErrorCode.PEER_ADDRESS_FAMILY_MISMATCH);
        }
        long seconds = Lifetime.requested(request.message());
        if (seconds == 0) {
            end(allocation);
        } else {
            allocation.keepFor(seconds, request.now());
        }
        return request.success(LifetimeAttribute.of(seconds));
    }
}
