// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.transport;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/** TLS over TCP. What a handshake has to compute is done elsewhere, so that it delays nobody's packets. */
final class TlsStream implements ByteStream {
    private static final byte[] NOTHING = {};
    private static final ByteBuffer NO_DATA = ByteBuffer.allocate(0);

    private final SocketChannel channel;
    private final SSLEngine engine;
    private final PacketBuffers buffers;
    private final HandshakeWork work;
    private final Runnable resume;
    private final Backlog backlog;
    /** The begin of a record whose end has not come yet. */
    private byte[] rest = NOTHING;

    private boolean computing;
    private boolean ended;

    /**
     * @param work computes handshakes
     * @param resume called on the loop's thread when more may be received again
     */
    TlsStream(SocketChannel channel, SSLEngine engine, PacketBuffers buffers, HandshakeWork work, Runnable resume) {
        this.channel = channel;
        this.engine = engine;
        this.buffers = buffers;
        this.work = work;
        this.resume = resume;
        this.backlog = new Backlog(channel);
    }

    @Override
    public int receive(ByteBuffer into) throws IOException {
        if (computing) {
            return 0;
        }
        ByteBuffer net = buffers.emptyReceived().put(rest);
        ended |= channel.read(net) < 0;
        net.flip();
        int before = into.position();
        boolean open = decrypt(net, into);
        rest = net.hasRemaining() ? copy(net) : NOTHING;
        int received = into.position() - before;
        return received == 0 && (!open || ended) && !computing ? END : received;
    }

    /** Decrypts until nothing more can be done; false at the end of the session. */
    private boolean decrypt(ByteBuffer net, ByteBuffer into) throws IOException {
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> {
                    compute();
                    return true;
                }
                case NEED_WRAP -> encrypt(NO_DATA);
                default -> {
                    SSLEngineResult result = engine.unwrap(net, into);
                    switch (result.getStatus()) {
                        case CLOSED -> {
                            return false;
                        }
                        case BUFFER_UNDERFLOW -> {
                            return true;
                        }
                        case BUFFER_OVERFLOW -> throw new SSLException("a record longer than any may be");
                        default -> {
                            if (result.bytesConsumed() == 0 && idle()) {
                                return true;
                            }
                        }
                    }
                }
            }
        }
    }

    private boolean idle() {
        return switch (engine.getHandshakeStatus()) {
            case NEED_TASK, NEED_WRAP -> false;
            default -> true;
        };
    }

    private void compute() throws SSLException {
        computing = true;
        work.submit(engine, () -> {
            computing = false;
            resume.run();
        });
    }

    @Override
    public boolean send(ByteBuffer bytes) throws IOException {
        if (backlog.bytes() > PlainStream.MAX_WAITING_BYTES) {
            return false;
        }
        encrypt(bytes);
        return true;
    }

    private void encrypt(ByteBuffer bytes) throws IOException {
        do {
            ByteBuffer record = buffers.emptyRecord();
            SSLEngineResult result = engine.wrap(bytes, record);
            backlog.send(record.flip());
            if (result.getStatus() != SSLEngineResult.Status.OK || result.bytesProduced() == 0) {
                return;
            }
        } while (bytes.hasRemaining());
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
        return !computing;
    }

    @Override
    public void close() {
        engine.closeOutbound();
        try {
            encrypt(NO_DATA);
        } catch (IOException e) {
            // The other side is gone already and needs no farewell.
        }
        Channels.close(channel);
    }

    private static byte[] copy(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.get(copy);
        return copy;
    }
}
