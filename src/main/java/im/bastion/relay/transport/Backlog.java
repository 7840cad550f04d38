// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Deque;

/** What a connection has not taken yet. */
final class Backlog {
    private final SocketChannel channel;
    private final Deque<ByteBuffer> chunks = new ArrayDeque<>();
    private int bytes;

    Backlog(SocketChannel channel) {
        this.channel = channel;
    }

    int bytes() {
        return bytes;
    }

    /** Sends the bytes behind what waits, and keeps what the system does not take. */
    void send(ByteBuffer data) throws IOException {
        if (chunks.isEmpty()) {
            channel.write(data);
        }
        if (data.hasRemaining()) {
            bytes += data.remaining();
            chunks.add(ByteBuffer.allocate(data.remaining()).put(data).flip());
        }
    }

    void flush() throws IOException {
        while (!chunks.isEmpty()) {
            ByteBuffer first = chunks.peek();
            bytes -= channel.write(first);
            if (first.hasRemaining()) {
                return;
            }
            chunks.remove();
        }
    }
}
