// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import im.bastion.relay.stun.ErrorCodeAttribute;
import im.bastion.relay.stun.StunAttribute;
import im.bastion.relay.stun.StunClass;
import im.bastion.relay.stun.StunErrorCode;
import im.bastion.relay.stun.StunMessage;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * A request on its way through its handler.
 *
 * @param user null until authenticated, and for methods that need no authentication
 */
record TurnRequest(StunMessage message, InetSocketAddress client, Moment now, AuthenticatedUser user) {
    TurnRequest by(AuthenticatedUser authenticated) {
        return new TurnRequest(message, client, now, authenticated);
    }

    StunMessage success(StunAttribute... attributes) {
        return answer(StunClass.SUCCESS, List.of(attributes));
    }

    StunMessage refuse(StunErrorCode code, StunAttribute... more) {
        return answer(
                StunClass.ERROR,
                Stream.concat(Stream.of(ErrorCodeAttribute.of(code)), Stream.of(more))
                        .toList());
    }

    private StunMessage answer(StunClass stunClass, List<StunAttribute> attributes) {
        return new StunMessage(stunClass, message.method(), message.transactionId(), attributes);
    }
}
