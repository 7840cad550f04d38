// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.transport;

import im.bastion.relay.datagram.DatagramPort;
import im.bastion.relay.turn.Moment;
import im.bastion.relay.turn.TurnServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;

/**
 * The UDP socket for clients that talk DTLS 1.2. Who has not proven its address gets a cookie and leaves nothing behind.
 * Confined to the loop's thread, but for its making.
 */
final class DtlsListener implements Ready, Closeable, DatagramPort.Receiver {
    private static final int MAX_HANDSHAKE_BYTES = 1_200;
    /** RFC 7443 §4. */
    private static final String[] ALPN = {"stun.turn", "stun.nat-discovery"};

    private final DatagramPort port;
    private final Identity identity;
    private final DtlsCookies cookies = new DtlsCookies();
    private final Map<InetSocketAddress, DtlsPath> paths = new HashMap<>();
    private final Strangers strangers;
    private final RelayLoop loop;
    private TurnServer server;

    private DtlsListener(DatagramPort port, Identity identity, RelayLoop loop, Strangers strangers) {
        this.port = port;
        this.identity = identity;
        this.loop = loop;
        this.strangers = strangers;
    }

    /** Binds. */
    static DtlsListener open(InetSocketAddress address, Identity identity, RelayLoop loop, Strangers strangers)
            throws IOException {
        return new DtlsListener(loop.ports().listen(address), identity, loop, strangers);
    }

    /** Begins to take what clients send. */
    void serve(TurnServer turn) throws IOException {
        server = turn;
        port.channel().register(loop.selector(), SelectionKey.OP_READ, this);
    }

    @Override
    public void ready(int operations, Moment now) throws IOException {
        port.receive(this, now);
    }

    @Override
    public void received(ByteBuffer datagram, InetSocketAddress client, Moment now) throws IOException {
        DtlsPath path = paths.get(client);
        if (path == null || (path.isEstablished() && DtlsHello.read(datagram) != null)) {
            greet(datagram, client, now);
        } else {
            path.receive(datagram, now);
        }
    }

    private void greet(ByteBuffer datagram, InetSocketAddress client, Moment now) throws IOException {
        DtlsHello hello = DtlsHello.read(datagram);
        SSLContext context = hello == null ? null : identity.dtls();
        if (context == null) {
            return;
        }
        if (hello.isOutdated() || !cookies.accepts(hello, client, now.nanos())) {
            answer(hello, client, now);
            return;
        }
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(false);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setProtocols(new String[] {"DTLSv1.2"});
        parameters.setApplicationProtocols(ALPN);
        parameters.setMaximumPacketSize(MAX_HANDSHAKE_BYTES);
        engine.setSSLParameters(parameters);
        DtlsPath path = new DtlsPath(this, client, engine);
        DtlsPath former = paths.get(client);
        if (former != null) {
            former.close();
        }
        if (!strangers.admit(path, client.getAddress(), now)) {
            return;
        }
        paths.put(client, path);
        try {
            path.begin(hello, now);
        } catch (IOException e) {
            path.close();
            throw e;
        }
    }

    /** Both answers are shorter than the hello, for it may come from anywhere. */
    private void answer(DtlsHello hello, InetSocketAddress client, Moment now) {
        ByteBuffer answer = buffers().emptyRecord();
        if (hello.isOutdated()) {
            hello.refuse(answer);
        } else {
            hello.verify(cookies.make(hello, client, now.nanos()), answer);
        }
        send(answer.flip(), client);
    }

    PacketBuffers buffers() {
        return loop.buffers();
    }

    TurnServer server() {
        return server;
    }

    HandshakeWork handshakes() {
        return loop.handshakes();
    }

    Moment now() {
        return loop.now();
    }

    void send(ByteBuffer datagram, InetSocketAddress client) {
        port.send(datagram, client);
    }

    void kept(DtlsPath path) {
        strangers.forget(path);
    }

    /** The path has no allocation any more, and does not last. */
    void released(DtlsPath path) {
        if (paths.get(path.address()) == path
                && !strangers.admit(path, path.address().getAddress(), now())) {
            path.close();
        }
    }

    void closed(DtlsPath path) {
        paths.remove(path.address(), path);
        strangers.forget(path);
        server.pathClosed(path);
    }

    /** Repeats what may have been lost of handshakes. */
    void retransmit() {
        List.copyOf(paths.values()).forEach(DtlsPath::retransmit);
    }

    @Override
    public void fail(Exception cause) {
        // One client's handshake is lost; the socket goes on.
    }

    @Override
    public void close() throws IOException {
        List.copyOf(paths.values()).forEach(DtlsPath::close);
        port.close();
    }
}
