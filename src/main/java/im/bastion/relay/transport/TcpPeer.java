// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.transport;

import im.bastion.relay.turn.Moment;
import im.bastion.relay.turn.PeerStream;
import im.bastion.relay.turn.RelayedTcp;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;

/**
 * A TCP connection with a peer: first being made, then waiting for the client, then joined to one of the client's connections.
 * Each side is read only as fast as the other takes it. Confined to the loop's thread.
 */
final class TcpPeer implements PeerStream, Ready {
    private final NioRelayedTcp relayed;
    private final SocketChannel channel;
    private final InetSocketAddress peer;
    private final PlainStream stream;
    private SelectionKey key;
    private RelayedTcp.ConnectOutcome outcome;
    private long deadlineNanos;
    private StreamPath client;
    /** It has relayed as much as it may for now. */
    private boolean paused;

    private boolean finishing;
    private boolean closed;

    TcpPeer(NioRelayedTcp relayed, SocketChannel channel, InetSocketAddress peer) {
        this.relayed = relayed;
        this.channel = channel;
        this.peer = peer;
        this.stream = new PlainStream(channel);
    }

    /** Has the outcome told when the connection is made, or is not by then. */
    void await(RelayedTcp.ConnectOutcome told, long deadline, SelectionKey registered) {
        outcome = told;
        deadlineNanos = deadline;
        key = registered;
    }

    /** Waits, connected, without reading. */
    void hold(SelectionKey registered) {
        key = registered;
        key.interestOps(0);
    }

    @Override
    public InetSocketAddress peer() {
        return peer;
    }

    @Override
    public void ready(int operations, Moment now) throws IOException {
        if (outcome != null) {
            connected(now);
            return;
        }
        if ((operations & SelectionKey.OP_WRITE) != 0) {
            stream.flush();
            if (finishing && stream.waiting() == 0) {
                close();
                return;
            }
            if (client != null) {
                client.peerTakesMore();
            }
        }
        if ((operations & SelectionKey.OP_READ) != 0) {
            read();
        }
        watch();
    }

    private void connected(Moment now) {
        boolean made;
        try {
            made = channel.finishConnect();
        } catch (IOException e) {
            made = false;
        }
        RelayedTcp.ConnectOutcome told = outcome;
        outcome = null;
        if (made) {
            hold(key);
            told.connected(this, now);
        } else {
            close();
            told.failed(now);
        }
    }

    /** Gives the attempt up when its time is over, and goes on after a pause. */
    void expire(Moment now) {
        if (paused) {
            paused = false;
            watch();
            client.peerTakesMore();
        }
        if (outcome != null && now.nanos() - deadlineNanos >= 0) {
            RelayedTcp.ConnectOutcome told = outcome;
            outcome = null;
            close();
            told.failed(now);
        }
    }

    private void read() throws IOException {
        PacketBuffers buffers = relayed.buffers();
        for (int i = 0; i < MAX_PER_TURN && !closed && !paused && !client.isSlow(); i++) {
            int received = stream.receive(buffers.emptyStream());
            if (received == ByteStream.END) {
                close();
                return;
            }
            if (received == 0) {
                return;
            }
            paused = !relayed.relayed(false, received);
            client.sendFromPeer(buffers.receivedStream());
        }
    }

    /** Begins to carry bytes from and to the client. */
    void join(StreamPath joined) {
        client = joined;
        watch();
    }

    /** Sends what the client has sent. */
    void send(ByteBuffer bytes) throws IOException {
        paused = !relayed.relayed(true, bytes.remaining());
        stream.send(bytes);
        watch();
    }

    /** Whether what was sent has not left yet, so that the client must wait. */
    boolean isSlow() {
        return paused || stream.waiting() > 0;
    }

    /** The client takes more again. */
    void resume() {
        watch();
    }

    private void watch() {
        if (!closed && key.isValid() && client != null) {
            key.interestOps((finishing || paused || client.isSlow() ? 0 : SelectionKey.OP_READ)
                    | (stream.waiting() > 0 ? SelectionKey.OP_WRITE : 0));
        }
    }

    @Override
    public void fail(Exception cause) {
        close();
    }

    /** Ends the connection as soon as what waits has been sent; with its allocation in any case. */
    void finish() {
        if (stream.waiting() == 0) {
            close();
        } else {
            finishing = true;
            watch();
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        stream.close();
        relayed.closed(this);
        if (client != null) {
            client.finish();
        }
    }
}
