// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import im.bastion.relay.stun.AttributeType;
import im.bastion.relay.stun.StunMessage;
import im.bastion.relay.stun.XorAddressAttribute;

/** STUN Binding (RFC 8489 §3): tells the client its address, in the fewest bytes, for anybody can ask in anybody's name. */
final class BindingHandler implements MethodHandler {
    @Override
    public boolean needsCredential() {
        return false;
    }

    @Override
    public StunMessage handle(TurnRequest request) {
        return request.success(XorAddressAttribute.of(
                AttributeType.XOR_MAPPED_ADDRESS,
                request.client(),
                request.message().transactionId()));
    }
}
