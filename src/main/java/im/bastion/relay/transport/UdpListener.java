// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.transport;

import im.bastion.relay.turn.Discovery;
import im.bastion.relay.turn.Moment;
import im.bastion.relay.turn.TurnServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.HashMap;
import java.util.Map;

/** The socket clients send datagrams to. Confined to the loop's thread, but for its making. */
final class UdpListener implements Ready, Closeable {
    private final DatagramChannel channel;
    private final InetSocketAddress localAddress;
    private final PacketBuffers buffers;
    private final Map<InetSocketAddress, UdpPath> paths = new HashMap<>();
    private TurnServer server;
    private DiscoverySockets discovery;

    private UdpListener(DatagramChannel channel, PacketBuffers buffers) throws IOException {
        this.channel = channel;
        this.localAddress = (InetSocketAddress) channel.getLocalAddress();
        this.buffers = buffers;
    }

    /** Binds. */
    static UdpListener open(InetSocketAddress address, PacketBuffers buffers) throws IOException {
        DatagramChannel channel = Datagrams.listen(address);
        try {
            return new UdpListener(channel, buffers);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Begins to give datagrams to the server. */
    void serve(TurnServer turn, Selector selector) throws IOException {
        server = turn;
        channel.register(selector, SelectionKey.OP_READ, this);
    }

    /** Takes part in behaviour discovery with these sockets. */
    void discoverWith(DiscoverySockets sockets) {
        discovery = sockets;
    }

    /** How much the system keeps for it. */
    int receiveBufferBytes() throws IOException {
        return channel.getOption(StandardSocketOptions.SO_RCVBUF);
    }

    InetSocketAddress localAddress() {
        return localAddress;
    }

    @Override
    public void ready(int operations, Moment now) throws IOException {
        for (int i = 0; i < MAX_PER_TURN; i++) {
            InetSocketAddress client = (InetSocketAddress) channel.receive(buffers.emptyDatagram());
            if (client == null) {
                return;
            }
            server.fromClient(buffers.receivedDatagram(), path(client), now);
        }
    }

    private UdpPath path(InetSocketAddress client) {
        UdpPath known = paths.get(client);
        return known == null ? new UdpPath(this, client) : known;
    }

    void keep(UdpPath path) {
        paths.put(path.address(), path);
    }

    void release(UdpPath path) {
        paths.remove(path.address(), path);
    }

    Discovery discovery(InetSocketAddress client) {
        return discovery == null ? null : discovery.seenFrom(this, client);
    }

    /** Sends, or drops what the system does not take: the network loses datagrams too. */
    void send(ByteBuffer datagram, InetSocketAddress client) {
        Datagrams.send(channel, datagram, client);
    }

    @Override
    public void fail(Exception cause) {
        // One datagram is lost; the socket goes on.
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
