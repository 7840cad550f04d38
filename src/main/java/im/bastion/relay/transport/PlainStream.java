// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** TCP as it is. */
final class PlainStream implements ByteStream {
    /** A slow receiver loses relayed data beyond that, as it would over UDP. */
    static final int MAX_WAITING_BYTES = 256 * 1_024;

    private final SocketChannel channel;
    private final Backlog backlog;

    PlainStream(SocketChannel channel) {
        this.channel = channel;
        this.backlog = new Backlog(channel);
    }

    @Override
    public int receive(ByteBuffer into) throws IOException {
        int limit = into.limit();
        into.limit(Math.min(limit, into.position() + PacketBuffers.READ_BYTES));
        try {
            return channel.read(into);
        } finally {
            into.limit(limit);
        }
    }

    @Override
    public boolean send(ByteBuffer bytes) throws IOException {
        if (backlog.bytes() > MAX_WAITING_BYTES) {
            return false;
        }
        backlog.send(bytes);
        return true;
    }

    @Override
    public void flush() throws IOException {
        backlog.flush();
    }

    @Override
    public int waiting() {
        return backlog.bytes();
    }

    @Override
    public boolean mayReceive() {
        return true;
    }

    @Override
    public void close() {
        Channels.close(channel);
    }
}
