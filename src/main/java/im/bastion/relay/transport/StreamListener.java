// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.transport;

import im.bastion.relay.turn.Leg;
import im.bastion.relay.turn.Moment;
import im.bastion.relay.turn.TurnServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/** The TCP socket clients connect to, with TLS or without. Confined to the loop's thread, but for its making. */
final class StreamListener implements Ready, Closeable {
    /** RFC 7443 §4. */
    private static final String[] ALPN = {"stun.turn", "stun.nat-discovery"};

    private static final int SYSTEM_QUEUE = 1_024;

    private final ServerSocketChannel channel;
    private final InetSocketAddress localAddress;
    private final Leg leg;
    private final Identity identity;
    private final Strangers strangers;
    private final Set<StreamPath> paths = new HashSet<>();
    private RelayLoop loop;
    private Selector selector;
    private TurnServer server;

    private StreamListener(ServerSocketChannel channel, Identity identity, Strangers strangers) throws IOException {
        this.channel = channel;
        this.localAddress = (InetSocketAddress) channel.getLocalAddress();
        this.identity = identity;
        this.leg = identity == null ? Leg.TCP : Leg.TLS;
        this.strangers = strangers;
    }

    /**
     * Binds.
     *
     * @param identity what the server proves itself with, or null for TCP without TLS
     */
    static StreamListener open(InetSocketAddress address, Identity identity, Strangers strangers) throws IOException {
        ServerSocketChannel channel = ServerSocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
            channel.bind(address, SYSTEM_QUEUE).configureBlocking(false);
            return new StreamListener(channel, identity, strangers);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Begins to accept. */
    void serve(TurnServer turn, RelayLoop running, Selector registry) throws IOException {
        server = turn;
        loop = running;
        selector = registry;
        channel.register(registry, SelectionKey.OP_ACCEPT, this);
    }

    InetSocketAddress localAddress() {
        return localAddress;
    }

    TurnServer server() {
        return server;
    }

    PacketBuffers buffers() {
        return loop.buffers();
    }

    @Override
    public void ready(int operations, Moment now) throws IOException {
        for (int i = 0; i < MAX_PER_TURN; i++) {
            SocketChannel accepted = channel.accept();
            if (accepted == null) {
                return;
            }
            try {
                welcome(accepted, now);
            } catch (IOException | RuntimeException e) {
                // The client is gone already, or there is no certificate: its connection ends, the others go on.
                Channels.close(accepted);
            }
        }
    }

    private void welcome(SocketChannel accepted, Moment now) throws IOException {
        InetSocketAddress client = (InetSocketAddress) accepted.getRemoteAddress();
        StreamPath path = new StreamPath(this, client, leg);
        if (!strangers.admit(path, client.getAddress(), now)) {
            accepted.close();
            return;
        }
        try {
            accepted.configureBlocking(false);
            accepted.setOption(StandardSocketOptions.TCP_NODELAY, true);
            ByteStream stream = identity == null ? new PlainStream(accepted) : encrypted(accepted, path);
            path.open(stream, accepted.register(selector, SelectionKey.OP_READ, path));
            paths.add(path);
        } catch (IOException | RuntimeException e) {
            strangers.forget(path);
            throw e;
        }
    }

    private ByteStream encrypted(SocketChannel accepted, StreamPath path) throws IOException {
        SSLContext context = identity.tls();
        if (context == null) {
            throw new IOException("no certificate");
        }
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(List.of("TLSv1.3", "TLSv1.2").toArray(String[]::new));
        parameters.setApplicationProtocols(ALPN);
        parameters.setUseCipherSuitesOrder(true);
        engine.setSSLParameters(parameters);
        return new TlsStream(accepted, engine, loop.buffers(), loop.handshakes(), () -> path.resume(loop.now()));
    }

    /** The path's client has authenticated. */
    void recognised(StreamPath path) {
        strangers.forget(path);
    }

    /** The path has no allocation any more, or waits for its end. */
    void estranged(StreamPath path) {
        strangers.forget(path);
        if (!strangers.admit(path, path.address().getAddress(), loop.now())) {
            path.close();
        }
    }

    /** What came over the path is neither STUN nor ChannelData. */
    void unreadable() {
        strangers.unreadable();
    }

    void closed(StreamPath path) {
        paths.remove(path);
        strangers.forget(path);
        server.pathClosed(path);
    }

    @Override
    public void fail(Exception cause) {
        // The one who wanted to connect may try again; the socket goes on.
    }

    @Override
    public void close() throws IOException {
        channel.close();
        List.copyOf(paths).forEach(StreamPath::close);
    }
}
