// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.transport;

import com.code_intelligence.jazzer.junit.FuzzTest;
import im.bastion.relay.turn.StreamScene;
import java.nio.ByteBuffer;

/** Any bytes on a TCP connection: they are cut into messages, and the server outlives each of them. */
class StreamFrameFuzzTest {
    private final StreamScene scene = new StreamScene();

    @FuzzTest(maxDuration = "60s")
    void outlivesAnyStream(byte[] bytes) {
        ByteBuffer stream = ByteBuffer.wrap(bytes);
        while (stream.hasRemaining()) {
            int length = StreamFrame.length(stream);
            if (length == StreamFrame.NONE || length == StreamFrame.UNKNOWN || length > stream.remaining()) {
                break;
            }
            if (length < 4 || (length & 3) != 0) {
                throw new AssertionError("no message is " + length + " bytes long");
            }
            scene.take(stream.slice(stream.position(), length));
            stream.position(stream.position() + length);
        }
        scene.end();
    }
}
