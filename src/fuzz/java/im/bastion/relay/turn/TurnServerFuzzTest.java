// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import com.code_intelligence.jazzer.junit.FuzzTest;
import im.bastion.relay.stun.StunAttribute;
import im.bastion.relay.stun.StunClass;
import im.bastion.relay.stun.StunFormatException;
import im.bastion.relay.stun.StunMessage;
import im.bastion.relay.stun.StunMessageDecoder;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Any datagram, from a stranger and from a user with an allocation who also gets the request inside it authenticated:
 * nothing is thrown, no place is lost and no answer is longer than its buffer.
 */
class TurnServerFuzzTest {
    private final TurnStage stage = new TurnStage();
    private final TurnStage.Client romeo = stage.romeo();

    @FuzzTest(maxDuration = "60s")
    void outlivesAnyDatagram(byte[] bytes) {
        stage.send(ByteBuffer.wrap(bytes), TurnStage.JULIET);
        romeo.allocate();
        romeo.bind(0x4000, TurnStage.PEER);
        stage.send(ByteBuffer.wrap(bytes), TurnStage.ROMEO);
        askAuthenticated(bytes);
        stage.server.close();
        stage.sockets.sent.clear();
        if (stage.quota.total() != 0 || !stage.sockets.open.isEmpty()) {
            throw new AssertionError("an allocation is left");
        }
    }

    private void askAuthenticated(byte[] bytes) {
        try {
            StunMessage message = StunMessageDecoder.decode(ByteBuffer.wrap(bytes));
            List<StunAttribute> attributes = message.attributes();
            int room = StunMessage.MAX_ATTRIBUTES - 4;
            if (bytes.length < 1_000 && attributes.size() <= room) {
                romeo.ask(new StunMessage(StunClass.REQUEST, message.method(), message.transactionId(), attributes));
            }
        } catch (StunFormatException expected) {
            // Not a message: there is nothing to authenticate.
        }
    }
}
