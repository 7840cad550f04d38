// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import im.bastion.relay.stun.StunFormatException;
import im.bastion.relay.stun.StunMessage;

/** Answers the requests of one method. */
interface MethodHandler {
    /** Whether a request must carry a valid credential. */
    default boolean needsCredential() {
        return true;
    }

    /** The living allocation the request is about, or null. */
    default Allocation allocation(TurnRequest request) {
        return request.path().allocation(request.now());
    }

    /**
     * The answer, success or error, or null when it was or will be given elsewhere.
     *
     * @throws StunFormatException when an attribute is not as its specification says; the answer is 400 then
     */
    StunMessage handle(TurnRequest request) throws StunFormatException;
}
