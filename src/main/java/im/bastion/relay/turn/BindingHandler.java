// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import im.bastion.relay.stun.AttributeType;
import im.bastion.relay.stun.PlainAddressAttribute;
import im.bastion.relay.stun.StunAttribute;
import im.bastion.relay.stun.StunErrorCode;
import im.bastion.relay.stun.StunFormatException;
import im.bastion.relay.stun.StunMessage;
import im.bastion.relay.stun.UnknownAttributesAttribute;
import im.bastion.relay.stun.UnsignedAttribute;
import im.bastion.relay.stun.XorAddressAttribute;
import java.util.List;

/**
 * STUN Binding (RFC 8489 §3): tells the client its address, in the fewest bytes, for anybody can ask in anybody's name. Where
 * behaviour discovery is on (RFC 5780 §6.1), also from where else it could be told.
 */
final class BindingHandler implements MethodHandler {
    private static final long CHANGE_ADDRESS = 4;
    private static final long CHANGE_PORT = 2;

    private final Answers answers;

    BindingHandler(Answers answers) {
        this.answers = answers;
    }

    @Override
    public boolean needsCredential() {
        return false;
    }

    @Override
    public StunMessage handle(TurnRequest request) throws StunFormatException {
        StunAttribute mapped = XorAddressAttribute.of(
                AttributeType.XOR_MAPPED_ADDRESS,
                request.client(),
                request.message().transactionId());
        StunAttribute change = request.message().first(AttributeType.CHANGE_REQUEST);
        Discovery discovery = request.path().discovery();
        if (discovery == null) {
            return change == null
                    ? request.success(mapped)
                    : request.refuse(
                            StunErrorCode.UNKNOWN_ATTRIBUTE,
                            UnknownAttributesAttribute.of(List.of(AttributeType.CHANGE_REQUEST)));
        }
        long flags = change == null ? 0 : UnsignedAttribute.read(change);
        ClientPath from = discovery.change().path((flags & CHANGE_ADDRESS) != 0, (flags & CHANGE_PORT) != 0);
        answers.send(
                request.over(from),
                request.success(
                        mapped,
                        PlainAddressAttribute.of(
                                AttributeType.RESPONSE_ORIGIN, from.discovery().origin()),
                        PlainAddressAttribute.of(AttributeType.OTHER_ADDRESS, discovery.other())));
        return null;
    }
}
