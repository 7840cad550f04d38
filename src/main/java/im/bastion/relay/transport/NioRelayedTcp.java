// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.transport;

import im.bastion.relay.turn.Allocation;
import im.bastion.relay.turn.Moment;
import im.bastion.relay.turn.RelayedTcp;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A relayed TCP address: a listening socket, and outgoing connections from the same port. Confined to the loop's thread. */
final class NioRelayedTcp implements RelayedTcp, Ready {
    /** RFC 6062 §5.2 wants at least 30 seconds. */
    private static final long CONNECT_NANOS = 30_000_000_000L;

    private static final int SYSTEM_QUEUE = 16;

    private final ServerSocketChannel channel;
    private final InetSocketAddress bound;
    private final InetSocketAddress address;
    private final RelayLoop loop;
    private final Runnable onClose;
    private final Set<TcpPeer> peers = new HashSet<>();
    private Allocation allocation;
    private boolean closed;

    private NioRelayedTcp(ServerSocketChannel channel, InetSocketAddress address, RelayLoop loop, Runnable onClose)
            throws IOException {
        this.channel = channel;
        this.bound = (InetSocketAddress) channel.getLocalAddress();
        this.address = address;
        this.loop = loop;
        this.onClose = onClose;
    }

    /**
     * Binds.
     *
     * @param local where the socket is
     * @param address the same as peers see it
     */
    static NioRelayedTcp open(InetSocketAddress local, InetSocketAddress address, RelayLoop loop, Runnable onClose)
            throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            // Outgoing connections share the port with the listening socket.
            channel.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            channel.bind(local, SYSTEM_QUEUE).configureBlocking(false);
            return new NioRelayedTcp(channel, address, loop, onClose);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    PacketBuffers buffers() {
        return loop.buffers();
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public void serve(Allocation owner) {
        allocation = owner;
        try {
            channel.register(loop.selector(), SelectionKey.OP_ACCEPT, this);
        } catch (IOException e) {
            throw new IllegalStateException("a socket just opened", e);
        }
    }

    @Override
    public void ready(int operations, Moment now) throws IOException {
        SocketChannel accepted = channel.accept();
        if (accepted != null) {
            TcpPeer peer = new TcpPeer(this, accepted, (InetSocketAddress) accepted.getRemoteAddress());
            accepted.configureBlocking(false);
            peers.add(peer);
            peer.hold(accepted.register(loop.selector(), 0, peer));
            loop.server().peerConnected(allocation, peer, now);
        }
    }

    @Override
    public void connect(InetSocketAddress to, ConnectOutcome outcome) {
        Moment now = loop.now();
        SocketChannel outgoing = null;
        try {
            outgoing = SocketChannel.open();
            outgoing.setOption(StandardSocketOptions.SO_REUSEPORT, true);
            outgoing.bind(bound).configureBlocking(false);
            TcpPeer peer = new TcpPeer(this, outgoing, to);
            outgoing.connect(to);
            peers.add(peer);
            peer.await(
                    outcome,
                    now.nanos() + CONNECT_NANOS,
                    outgoing.register(loop.selector(), SelectionKey.OP_CONNECT, peer));
        } catch (IOException | RuntimeException e) {
            if (outgoing != null) {
                Channels.close(outgoing);
            }
            outcome.failed(now);
        }
    }

    /** Counts bytes that pass between a peer and the client; false when more must wait. */
    boolean relayed(boolean toPeer, int bytes) {
        return allocation.relayed(toPeer, bytes, loop.now());
    }

    /** Gives up attempts that take too long, and lets go on what had to wait. */
    void expire(Moment now) {
        List.copyOf(peers).forEach(peer -> peer.expire(now));
    }

    void closed(TcpPeer peer) {
        peers.remove(peer);
        allocation.disconnected(peer.peer());
    }

    @Override
    public void fail(Exception cause) {
        // The peer that wanted to connect may try again; the socket goes on.
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        Channels.close(channel);
        List.copyOf(peers).forEach(TcpPeer::close);
        onClose.run();
    }
}
