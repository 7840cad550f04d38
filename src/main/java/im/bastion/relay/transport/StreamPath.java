// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.transport;

import im.bastion.relay.stun.ChannelData;
import im.bastion.relay.turn.ClientPath;
import im.bastion.relay.turn.Leg;
import im.bastion.relay.turn.Moment;
import im.bastion.relay.turn.PeerStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;

/** A client on a TCP or TLS connection; once joined to a peer's connection, nothing but its bytes. */
final class StreamPath extends ClientPath implements Ready, Strangers.Stranger {
    /** No message of somebody unknown is longer. */
    private static final int MAX_STRANGERS_MESSAGE_BYTES = 2_048;

    private static final byte[] NOTHING = {};

    private final StreamListener listener;
    private final InetSocketAddress address;
    private final Leg leg;
    private SelectionKey key;
    private ByteStream stream;
    private byte[] rest = NOTHING;
    private boolean known;
    private boolean finishing;
    private boolean closed;
    private TcpPeer joined;

    StreamPath(StreamListener listener, InetSocketAddress address, Leg leg) {
        this.listener = listener;
        this.address = address;
        this.leg = leg;
    }

    /** Begins to receive. */
    void open(ByteStream bytes, SelectionKey registered) {
        stream = bytes;
        key = registered;
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public Leg leg() {
        return leg;
    }

    @Override
    protected void kept() {
        recognise();
    }

    private void recognise() {
        known = true;
        listener.recognised(this);
    }

    /** Without an allocation it is a stranger's again, and does not last. */
    @Override
    protected void released() {
        if (!closed) {
            known = false;
            listener.estranged(this);
        }
    }

    @Override
    public void ready(int operations, Moment now) throws IOException {
        if ((operations & SelectionKey.OP_WRITE) != 0) {
            stream.flush();
            if (finishing && stream.waiting() == 0) {
                close();
                return;
            }
            if (joined != null) {
                joined.resume();
            }
        }
        if ((operations & SelectionKey.OP_READ) != 0) {
            read(now);
        }
        watch();
    }

    /** Goes on after a handshake has been computed. */
    void resume(Moment now) {
        if (!closed) {
            try {
                read(now);
                watch();
            } catch (IOException e) {
                fail(e);
            }
        }
    }

    private void read(Moment now) throws IOException {
        for (int i = 0; i < MAX_PER_TURN && !closed && mayRead(); i++) {
            PacketBuffers buffers = listener.buffers();
            int received = stream.receive(buffers.emptyStream().put(rest));
            if (received == ByteStream.END) {
                close();
                return;
            }
            if (received == 0) {
                return;
            }
            rest = NOTHING;
            take(buffers.receivedStream(), now);
        }
    }

    private boolean mayRead() {
        return !finishing && stream.mayReceive() && (joined == null || !joined.isSlow());
    }

    private void take(ByteBuffer bytes, Moment now) throws IOException {
        int end = bytes.limit();
        while (joined == null && bytes.hasRemaining()) {
            int start = bytes.position();
            int length = StreamFrame.length(bytes);
            if (length == StreamFrame.NONE || (!known && length > MAX_STRANGERS_MESSAGE_BYTES)) {
                listener.unreadable();
                close();
                return;
            }
            if (length == StreamFrame.UNKNOWN || length > bytes.remaining()) {
                rest = new byte[bytes.remaining()];
                bytes.get(rest);
                return;
            }
            bytes.limit(start + length);
            listener.server().fromClient(bytes, this, now);
            if (closed) {
                return;
            }
            bytes.limit(end).position(start + length);
        }
        if (joined != null && bytes.hasRemaining()) {
            joined.send(bytes);
        }
    }

    /** What the connection waits for now. */
    private void watch() {
        if (!closed && key != null && key.isValid()) {
            key.interestOps(
                    (mayRead() ? SelectionKey.OP_READ : 0) | (stream.waiting() > 0 ? SelectionKey.OP_WRITE : 0));
        }
    }

    @Override
    protected void send(ByteBuffer message) {
        if (closed) {
            return;
        }
        try {
            stream.send(message);
            watch();
        } catch (IOException e) {
            fail(e);
        }
    }

    @Override
    protected void sendOnChannel(int number, ByteBuffer data) {
        ChannelData.wrap(data, number);
        int end = data.limit();
        data.limit(end + 3 - (end - data.position() + 3 & 3));
        while (end < data.limit()) {
            data.put(end++, (byte) 0);
        }
        send(data);
    }

    @Override
    protected void join(PeerStream peer) {
        recognise();
        joined = (TcpPeer) peer;
        joined.join(this);
    }

    /** Sends what the joined peer has sent. */
    void sendFromPeer(ByteBuffer bytes) throws IOException {
        stream.send(bytes);
        watch();
    }

    /** Whether what was sent has not left yet, so that the peer must wait. */
    boolean isSlow() {
        return stream.waiting() > 0;
    }

    /** The joined peer takes more again. */
    void peerTakesMore() {
        watch();
    }

    @Override
    public void fail(Exception cause) {
        close();
    }

    /** Ends the connection as soon as what waits has been sent, within seconds in any case. */
    void finish() {
        if (closed || stream.waiting() == 0) {
            close();
        } else {
            finishing = true;
            listener.estranged(this);
            watch();
        }
    }

    /** Ends the connection, and that of the peer it is joined to. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        stream.close();
        listener.closed(this);
        if (joined != null) {
            joined.finish();
        }
    }
}
