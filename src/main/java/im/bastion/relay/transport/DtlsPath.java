// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.transport;

import im.bastion.relay.turn.ClientPath;
import im.bastion.relay.turn.Leg;
import im.bastion.relay.turn.Moment;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A client that talks DTLS and has proven its address. Confined to the loop's thread. */
final class DtlsPath extends ClientPath implements Strangers.Stranger {
    private static final Logger LOG = LoggerFactory.getLogger(DtlsPath.class);
    private static final ByteBuffer NO_DATA = ByteBuffer.allocate(0);
    /** Datagrams kept while a handshake is being computed. */
    private static final int MAX_WAITING = 8;

    private static final int MAX_RETRANSMISSIONS = 5;
    private static final int MAX_RECORD_BYTES = 16_384;

    private final DtlsListener listener;
    private final InetSocketAddress address;
    private final SSLEngine engine;
    private final Deque<ByteBuffer> waiting = new ArrayDeque<>();
    private boolean computing;
    private boolean established;
    private boolean closed;
    private int retransmissions;

    DtlsPath(DtlsListener listener, InetSocketAddress address, SSLEngine engine) {
        this.listener = listener;
        this.address = address;
        this.engine = engine;
    }

    /**
     * Leads the engine, which was not there yet, through the exchange that was: it gets the first ClientHello, and what it
     * answers to that is kept back, for the client has had that answer.
     */
    void begin(DtlsHello hello, Moment now) throws SSLException {
        engine.beginHandshake();
        take(hello.first(), now, false);
        take(hello.datagram(), now, true);
    }

    @Override
    public InetSocketAddress address() {
        return address;
    }

    @Override
    public Leg leg() {
        return Leg.DTLS;
    }

    /** Whether the handshake is over, so that another ClientHello begins another connection (RFC 6347 §4.2.8). */
    boolean isEstablished() {
        return established;
    }

    void receive(ByteBuffer datagram, Moment now) {
        if (computing) {
            if (waiting.size() < MAX_WAITING) {
                waiting.add(
                        ByteBuffer.allocate(datagram.remaining()).put(datagram).flip());
            }
            return;
        }
        try {
            take(datagram, now, true);
        } catch (SSLException e) {
            LOG.debug("A DTLS client failed", e);
            close();
        }
    }

    private void take(ByteBuffer datagram, Moment now, boolean answered) throws SSLException {
        while (!closed) {
            HandshakeStatus status = engine.getHandshakeStatus();
            if (status == HandshakeStatus.NEED_TASK) {
                compute(datagram, answered);
                return;
            }
            if (status == HandshakeStatus.NEED_WRAP) {
                flush(answered);
                continue;
            }
            boolean again = status == HandshakeStatus.NEED_UNWRAP_AGAIN;
            if (!again && !datagram.hasRemaining()) {
                return;
            }
            ByteBuffer plain = listener.buffers().emptyStream();
            SSLEngineResult result = engine.unwrap(again ? NO_DATA : datagram, plain);
            if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
                close();
                return;
            }
            if (result.getHandshakeStatus() == HandshakeStatus.FINISHED) {
                finish();
            }
            if (result.bytesProduced() > 0) {
                listener.server().fromClient(listener.buffers().receivedStream(), this, now);
            } else if (result.getStatus() != SSLEngineResult.Status.OK || (result.bytesConsumed() == 0 && !again)) {
                return;
            }
        }
    }

    private void compute(ByteBuffer datagram, boolean answered) throws SSLException {
        if (!answered) {
            // The first ClientHello is answered at once, for there is nothing to sign yet.
            for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                task.run();
            }
            take(datagram, listener.now(), false);
            return;
        }
        computing = true;
        if (datagram.hasRemaining()) {
            waiting.addFirst(
                    ByteBuffer.allocate(datagram.remaining()).put(datagram).flip());
        }
        listener.handshakes().submit(engine, this::resume);
    }

    private void resume() {
        computing = false;
        receive(NO_DATA, listener.now());
        while (!computing && !closed && !waiting.isEmpty()) {
            receive(waiting.remove(), listener.now());
        }
    }

    /** Sends all that a handshake has to say now. */
    private void flush(boolean sent) throws SSLException {
        while (engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP) {
            ByteBuffer record = listener.buffers().emptyRecord();
            SSLEngineResult result = engine.wrap(NO_DATA, record);
            // Java repeats its last flight at once, in case it gets lost; clients ask again themselves.
            if (sent && !established && result.bytesProduced() > 0) {
                listener.send(record.flip(), address);
            }
            if (result.getHandshakeStatus() == HandshakeStatus.FINISHED) {
                finish();
            }
            if (result.getStatus() != SSLEngineResult.Status.OK) {
                return;
            }
        }
    }

    private void finish() {
        established = true;
        // A handshake must fit the way; a client's data have proven that they do, and must not be cut in two.
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setMaximumPacketSize(MAX_RECORD_BYTES);
        engine.setSSLParameters(parameters);
    }

    /** Repeats what the client may not have got: to be called about once a second. */
    void retransmit() {
        if (established || computing || closed || ++retransmissions > MAX_RETRANSMISSIONS) {
            return;
        }
        try {
            ByteBuffer record = listener.buffers().emptyRecord();
            while (engine.wrap(NO_DATA, record).bytesProduced() > 0) {
                listener.send(record.flip(), address);
                record = listener.buffers().emptyRecord();
            }
        } catch (SSLException e) {
            close();
        }
    }

    @Override
    protected void send(ByteBuffer message) {
        if (closed) {
            return;
        }
        try {
            SSLEngineResult result;
            do {
                // The engine may have a message of its own to send first.
                ByteBuffer record = listener.buffers().emptyRecord();
                result = engine.wrap(message, record);
                listener.send(record.flip(), address);
            } while (message.hasRemaining() && result.bytesProduced() > 0);
        } catch (SSLException e) {
            LOG.debug("A DTLS client failed", e);
            close();
        }
    }

    @Override
    protected void kept() {
        listener.kept(this);
    }

    @Override
    protected void released() {
        listener.released(this);
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        engine.closeOutbound();
        try {
            flush(true);
        } catch (SSLException e) {
            LOG.debug("A DTLS client could not be told that its connection ends", e);
        }
        listener.closed(this);
    }
}
