// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.transport;

import im.bastion.relay.turn.Moment;
import im.bastion.relay.turn.TurnServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;

/** The socket clients talk to. Confined to the loop's thread, but for its making. */
final class UdpListener implements DatagramReader, Closeable {
    /** What the kernel grants of it is up to net.core.rmem_max. */
    private static final int BUFFER_BYTES = 4 * 1_024 * 1_024;

    private final DatagramChannel channel;
    private final InetSocketAddress localAddress;
    private final PacketBuffers buffers;
    private TurnServer server;

    private UdpListener(DatagramChannel channel, PacketBuffers buffers) throws IOException {
        this.channel = channel;
        this.localAddress = (InetSocketAddress) channel.getLocalAddress();
        this.buffers = buffers;
    }

    /** Binds. */
    static UdpListener open(InetSocketAddress address, PacketBuffers buffers) throws IOException {
        DatagramChannel channel = open(address.getAddress());
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
            channel.setOption(StandardSocketOptions.SO_SNDBUF, BUFFER_BYTES);
            channel.bind(address).configureBlocking(false);
            return new UdpListener(channel, buffers);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Both families for the wildcard, else that of the address. */
    private static DatagramChannel open(InetAddress address) throws IOException {
        ProtocolFamily family =
                address.getAddress().length == 4 ? StandardProtocolFamily.INET : StandardProtocolFamily.INET6;
        return address.isAnyLocalAddress() ? DatagramChannel.open() : DatagramChannel.open(family);
    }

    /** Begins to give datagrams to the server. */
    void serve(TurnServer turn, Selector selector) throws IOException {
        server = turn;
        channel.register(selector, SelectionKey.OP_READ, this);
    }

    InetSocketAddress localAddress() {
        return localAddress;
    }

    PacketBuffers buffers() {
        return buffers;
    }

    TurnServer server() {
        return server;
    }

    @Override
    public void read(Moment now) throws IOException {
        for (int i = 0; i < MAX_PER_TURN; i++) {
            InetSocketAddress client = (InetSocketAddress) channel.receive(buffers.emptyDatagram());
            if (client == null) {
                return;
            }
            ByteBuffer answer = buffers.emptyAnswer();
            if (server.fromClient(buffers.receivedDatagram(), client, now, answer)) {
                send(answer, client);
            }
        }
    }

    /** Sends, or drops what the system does not take: the network loses datagrams too. */
    void send(ByteBuffer datagram, InetSocketAddress client) {
        Datagrams.send(channel, datagram, client);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
