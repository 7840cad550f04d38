// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import im.bastion.relay.stun.StunErrorCode;
import im.bastion.relay.stun.StunFormatException;
import im.bastion.relay.stun.StunMessage;

/** A method that works on the allocation its client has: 437 without one, 441 when it is another user's (RFC 8656 §5). */
abstract class AllocationMethod implements MethodHandler {
    @Override
    public final StunMessage handle(TurnRequest request) throws StunFormatException {
        Allocation allocation = allocation(request);
        if (allocation == null) {
            return request.refuse(StunErrorCode.ALLOCATION_MISMATCH);
        }
        if (!allocation.owner().name().equals(request.user().name())) {
            return request.refuse(StunErrorCode.WRONG_CREDENTIALS);
        }
        return handle(request, allocation);
    }

    abstract StunMessage handle(TurnRequest request, Allocation allocation) throws StunFormatException;
}
