// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.client;

import im.bastion.relay.stun.ChannelData;
import im.bastion.relay.transport.StreamFrame;
import im.bastion.relay.turn.Leg;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/** TCP, or TLS over it. */
final class StreamTransport implements ClientTransport {
    private final Socket socket;
    private final Leg leg;

    private StreamTransport(Socket socket, Leg leg) {
        this.socket = socket;
        this.leg = leg;
    }

    static StreamTransport openTcp(InetSocketAddress server) throws IOException {
        return new StreamTransport(connect(server), Leg.TCP);
    }

    /** @param name whom the certificate must be for; null to take any, which the context must do too */
    static StreamTransport openTls(InetSocketAddress server, SSLContext context, String name) throws IOException {
        Socket plain = connect(server);
        try {
            String host = name == null ? server.getAddress().getHostAddress() : name;
            SSLSocket secure = (SSLSocket) context.getSocketFactory().createSocket(plain, host, server.getPort(), true);
            if (name != null) {
                SSLParameters parameters = secure.getSSLParameters();
                parameters.setEndpointIdentificationAlgorithm("HTTPS");
                secure.setSSLParameters(parameters);
            }
            secure.startHandshake();
            return new StreamTransport(secure, Leg.TLS);
        } catch (IOException e) {
            plain.close();
            throw e;
        }
    }

    private static Socket connect(InetSocketAddress server) throws IOException {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.connect(server, Patience.MILLIS);
            socket.setSoTimeout(Patience.MILLIS);
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    @Override
    public Leg leg() {
        return leg;
    }

    @Override
    public InetSocketAddress localAddress() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    @Override
    public void send(ByteBuffer message) throws IOException {
        // ChannelData is padded to four bytes in a stream (RFC 8656 §12.5); STUN messages are anyway.
        byte[] bytes = new byte[message.remaining() + 3 & ~3];
        message.get(bytes, 0, message.remaining());
        socket.getOutputStream().write(bytes);
    }

    @Override
    public ByteBuffer receive(long deadlineNanos) throws IOException {
        int millis = Patience.millisUntil(deadlineNanos);
        if (millis <= 0) {
            return null;
        }
        byte[] begin = new byte[ChannelData.HEADER_BYTES];
        try {
            socket.setSoTimeout(millis);
            int first = socket.getInputStream().read(begin);
            if (first < 0) {
                throw new EOFException("the connection was closed");
            }
            read(begin, first);
        } catch (SocketTimeoutException e) {
            return null;
        }
        int length = StreamFrame.length(ByteBuffer.wrap(begin));
        if (length == StreamFrame.NONE) {
            throw new IOException("no message of STUN comes from there");
        }
        byte[] message = Arrays.copyOf(begin, length);
        read(message, begin.length);
        return ByteBuffer.wrap(message);
    }

    /** Fills the array up from there. */
    private void read(byte[] into, int from) throws IOException {
        if (socket.getInputStream().readNBytes(into, from, into.length - from) < into.length - from) {
            throw new EOFException("the connection was closed");
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
