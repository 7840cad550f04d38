// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import im.bastion.relay.stun.AttributeType;
import im.bastion.relay.stun.StunAttribute;
import im.bastion.relay.stun.StunErrorCode;
import im.bastion.relay.stun.StunFormatException;
import im.bastion.relay.stun.StunMessage;
import im.bastion.relay.stun.UnsignedAttribute;

/** ConnectionBind (RFC 6062 §5.4): joins the connection it comes over to that of a peer. */
final class ConnectionBindHandler implements MethodHandler {
    private final PeerStreams streams;

    ConnectionBindHandler(PeerStreams streams) {
        this.streams = streams;
    }

    @Override
    public StunMessage handle(TurnRequest request) throws StunFormatException {
        StunAttribute id = request.message().first(AttributeType.CONNECTION_ID);
        boolean free = request.path().leg().isStream() && request.path().attached() == null;
        PeerStream stream =
                free && id != null ? streams.take(UnsignedAttribute.read(id), request.user(), request.now()) : null;
        if (stream == null) {
            return request.refuse(StunErrorCode.BAD_REQUEST);
        }
        request.path().join(stream);
        return request.success();
    }
}
