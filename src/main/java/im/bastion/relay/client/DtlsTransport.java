// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.client;

import im.bastion.relay.turn.Leg;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;

/** DTLS over UDP. */
final class DtlsTransport implements ClientTransport {
    private static final ByteBuffer NO_DATA = ByteBuffer.allocate(0);
    private static final int RECORD_BYTES = 32_768;
    private static final int FLIGHT_MILLIS = 500;

    private final DatagramTransport datagrams;
    private final SSLEngine engine;
    private ByteBuffer received = NO_DATA;

    private DtlsTransport(DatagramTransport datagrams, SSLEngine engine) {
        this.datagrams = datagrams;
        this.engine = engine;
    }

    static DtlsTransport open(InetSocketAddress server, SSLContext context) throws IOException {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(true);
        DtlsTransport transport = new DtlsTransport(DatagramTransport.open(server), engine);
        try {
            transport.shakeHands(Patience.deadline(Patience.MILLIS));
            return transport;
        } catch (IOException e) {
            transport.close();
            throw e;
        }
    }

    private void shakeHands(long deadline) throws IOException {
        engine.beginHandshake();
        while (isShaking(engine.getHandshakeStatus())) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> engine.getDelegatedTask().run();
                case NEED_WRAP -> flush();
                case NEED_UNWRAP_AGAIN -> unwrap(NO_DATA);
                default -> listen(deadline);
            }
        }
    }

    private static boolean isShaking(HandshakeStatus status) {
        return status != HandshakeStatus.NOT_HANDSHAKING && status != HandshakeStatus.FINISHED;
    }

    private void listen(long deadline) throws IOException {
        if (!received.hasRemaining()) {
            received = datagrams.receive(Math.min(deadline, Patience.deadline(FLIGHT_MILLIS)));
        }
        if (received != null) {
            unwrap(received);
            return;
        }
        received = NO_DATA;
        if (Patience.millisUntil(deadline) == 0) {
            throw new SocketTimeoutException("no answer");
        }
        // Wrapping where an answer is awaited repeats the last flight.
        flush();
    }

    private void flush() throws IOException {
        while (true) {
            ByteBuffer record = ByteBuffer.allocate(RECORD_BYTES);
            SSLEngineResult result = engine.wrap(NO_DATA, record);
            if (result.bytesProduced() > 0) {
                datagrams.send(record.flip());
            }
            if (result.bytesProduced() == 0 || engine.getHandshakeStatus() != HandshakeStatus.NEED_WRAP) {
                return;
            }
        }
    }

    private ByteBuffer unwrap(ByteBuffer datagram) throws IOException {
        ByteBuffer plain = ByteBuffer.allocate(RECORD_BYTES);
        SSLEngineResult result = engine.unwrap(datagram, plain);
        if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
            throw new IOException("the connection was closed");
        }
        if (result.bytesConsumed() == 0 && result.getHandshakeStatus() != HandshakeStatus.NEED_TASK) {
            // A record that fits nothing: DTLS drops it (RFC 6347 §4.1.2.7).
            datagram.position(datagram.limit());
        }
        return plain.flip();
    }

    @Override
    public Leg leg() {
        return Leg.DTLS;
    }

    @Override
    public InetSocketAddress localAddress() {
        return datagrams.localAddress();
    }

    @Override
    public void send(ByteBuffer message) throws IOException {
        ByteBuffer record = ByteBuffer.allocate(RECORD_BYTES);
        engine.wrap(message, record);
        datagrams.send(record.flip());
    }

    @Override
    public ByteBuffer receive(long deadlineNanos) throws IOException {
        while (true) {
            while (received.hasRemaining()) {
                ByteBuffer plain = unwrap(received);
                if (plain.hasRemaining()) {
                    return plain;
                }
            }
            ByteBuffer next = datagrams.receive(deadlineNanos);
            if (next == null) {
                return null;
            }
            received = next;
        }
    }

    @Override
    public void close() {
        engine.closeOutbound();
        try {
            datagrams.send(farewell());
        } catch (IOException e) {
            // Nobody is there to hear it.
        }
        datagrams.close();
    }

    private ByteBuffer farewell() throws IOException {
        ByteBuffer record = ByteBuffer.allocate(RECORD_BYTES);
        engine.wrap(NO_DATA, record);
        return record.flip();
    }
}
