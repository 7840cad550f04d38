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
 * @param path the way it came and the answer goes
 * @param bytes how long it is
 * @param fingerprint whether it carries one, which the answer then does too
 * @param user null until authenticated, and for methods that need no authentication
 */
record TurnRequest(
        StunMessage message, ClientPath path, Moment now, int bytes, boolean fingerprint, AuthenticatedUser user) {
    TurnRequest by(AuthenticatedUser authenticated) {
        return new TurnRequest(message, path, now, bytes, fingerprint, authenticated);
    }

    /** The same, to be answered over another way. */
    TurnRequest over(ClientPath other) {
        return new TurnRequest(message, other, now, bytes, fingerprint, user);
    }

    /** Where it came from. */
    InetSocketAddress client() {
        return path.address();
    }

    StunMessage success(StunAttribute... attributes) {
        return success(List.of(attributes));
    }

    StunMessage success(List<StunAttribute> attributes) {
        return answer(StunClass.SUCCESS, attributes);
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
