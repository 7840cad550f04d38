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
    private static final int FIRST_TRY_MILLIS = 1_500;

    private final DatagramTransport datagrams;
    private final SSLEngine engine;
    private ByteBuffer received = NO_DATA;

    private DtlsTransport(DatagramTransport datagrams, SSLEngine engine) {
        this.datagrams = datagrams;
        this.engine = engine;
    }

    static DtlsTransport open(InetSocketAddress server, SSLContext context) throws IOException {
        try {
            return open(server, context, FIRST_TRY_MILLIS);
        } catch (SocketTimeoutException e) {
            // Java's engine can come to a stand where datagrams were lost or came twice; a fresh one does not know of
            // it.
            return open(server, context, Patience.MILLIS);
        }
    }

    private static DtlsTransport open(InetSocketAddress server, SSLContext context, int millis) throws IOException {
        SSLEngine engine = context.createSSLEngine();
        engine.setUseClientMode(true);
        DtlsTransport transport = new DtlsTransport(DatagramTransport.open(server), engine);
        try {
            transport.shakeHands(Patience.deadline(millis));
            return transport;
        } catch (IOException e) {
            transport.close();
            throw e;
        }
    }

    private void shakeHands(long deadline) throws IOException {
        engine.beginHandshake();
        while (isShaking(engine.getHandshakeStatus())) {
            if (Patience.millisUntil(deadline) == 0) {
                throw new SocketTimeoutException("no answer");
            }
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> compute();
                case NEED_WRAP -> {
                    if (!flush()) {
                        listen(deadline);
                    }
                }
                case NEED_UNWRAP_AGAIN -> unwrap(NO_DATA);
                default -> listen(deadline);
            }
        }
    }

    private void compute() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
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
        // Wrapping where an answer is awaited repeats the last flight.
        var unused = flush();
    }

    /** Sends what the engine has to say; false when that is nothing. */
    private boolean flush() throws IOException {
        boolean sent = false;
        while (true) {
            ByteBuffer record = ByteBuffer.allocate(RECORD_BYTES);
            if (engine.wrap(NO_DATA, record).bytesProduced() == 0) {
                return sent;
            }
            datagrams.send(record.flip());
            sent = true;
            if (engine.getHandshakeStatus() != HandshakeStatus.NEED_WRAP) {
                return true;
            }
        }
    }

    private ByteBuffer unwrap(ByteBuffer datagram) throws IOException {
        ByteBuffer plain = ByteBuffer.allocate(RECORD_BYTES);
        SSLEngineResult result = engine.unwrap(datagram, plain);
        if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
            throw new IOException("the connection was closed");
        }
        compute();
        if (result.bytesConsumed() == 0) {
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
