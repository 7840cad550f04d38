// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import java.nio.ByteBuffer;

/** A stranger and a user with an allocation, both on connections, who say the same to a server. */
public final class StreamScene {
    private final TurnStage stage = new TurnStage();
    private final TurnStage.Client romeo;

    public StreamScene() {
        stage.stream(TurnStage.ROMEO);
        stage.stream(TurnStage.JULIET);
        romeo = stage.romeo();
    }

    /** One message from both. */
    public void take(ByteBuffer message) {
        if (stage.path(TurnStage.ROMEO).attached() == null) {
            romeo.allocate();
            romeo.bind(0x4000, TurnStage.PEER);
        }
        stage.send(copy(message), TurnStage.JULIET);
        stage.send(copy(message), TurnStage.ROMEO);
    }

    /** Both connections end, and nothing is left. */
    public void end() {
        stage.server.pathClosed(stage.path(TurnStage.ROMEO));
        stage.server.pathClosed(stage.path(TurnStage.JULIET));
        stage.sockets.sent.clear();
        if (stage.quota.total() != 0 || !stage.sockets.open.isEmpty()) {
            throw new AssertionError("an allocation is left");
        }
    }

    private static ByteBuffer copy(ByteBuffer message) {
        return ByteBuffer.allocate(message.remaining()).put(message.duplicate()).flip();
    }
}
