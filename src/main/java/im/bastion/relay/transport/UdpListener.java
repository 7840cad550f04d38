// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.transport;

import im.bastion.relay.datagram.DatagramPort;
import im.bastion.relay.datagram.DatagramPorts;
import im.bastion.relay.turn.Discovery;
import im.bastion.relay.turn.Moment;
import im.bastion.relay.turn.TurnServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.HashMap;
import java.util.Map;

/** The socket clients send datagrams to. Confined to the loop's thread, but for its making. */
final class UdpListener implements Ready, Closeable, DatagramPort.Receiver {
    private final DatagramPort port;
    private final InetSocketAddress localAddress;
    private final Map<InetSocketAddress, UdpPath> paths = new HashMap<>();
    private TurnServer server;
    private DiscoverySockets discovery;

    private UdpListener(DatagramPort port) throws IOException {
        this.port = port;
        this.localAddress = (InetSocketAddress) port.channel().getLocalAddress();
    }

    /** Binds. */
    static UdpListener open(InetSocketAddress address, DatagramPorts ports) throws IOException {
        DatagramPort port = ports.listen(address);
        try {
            return new UdpListener(port);
        } catch (IOException e) {
            port.close();
            throw e;
        }
    }

    /** Begins to give datagrams to the server. */
    void serve(TurnServer turn, Selector selector) throws IOException {
        server = turn;
        port.channel().register(selector, SelectionKey.OP_READ, this);
    }

    /** Takes part in behaviour discovery with these sockets. */
    void discoverWith(DiscoverySockets sockets) {
        discovery = sockets;
    }

    /** How much the system keeps for it. */
    int receiveBufferBytes() throws IOException {
        return port.channel().getOption(StandardSocketOptions.SO_RCVBUF);
    }

    InetSocketAddress localAddress() {
        return localAddress;
    }

    @Override
    public void ready(int operations, Moment now) throws IOException {
        port.receive(this, now);
    }

    @Override
    public void received(ByteBuffer datagram, InetSocketAddress client, Moment now) {
        server.fromClient(datagram, path(client), now);
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
        port.send(datagram, client);
    }

    /** Sends data of a channel. */
    void sendOnChannel(int number, ByteBuffer data, InetSocketAddress client) {
        port.sendOnChannel(number, data, client);
    }

    /** The same bytes with room around them. */
    ByteBuffer withRoom(ByteBuffer data) {
        return port.withRoom(data);
    }

    @Override
    public void fail(Exception cause) {
        // One datagram is lost; the socket goes on.
    }

    @Override
    public void close() throws IOException {
        port.close();
    }
}
