// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.net;

import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;

/**
 * One connection of a test, to an address that {@link Destinations} let pass: names are not looked up again. Over after
 * {@link TestLimits#CONNECTION} whatever the other side does. One thread.
 */
public final class Connection implements Closeable {
    private final Budget budget;
    private final Socket plain = new Socket();
    private final Budget.Limit limit;
    private Socket socket = plain;

    private Connection(Budget budget) throws IOException {
        this.budget = budget;
        this.limit = budget.limit(plain, TestLimits.CONNECTION);
    }

    /**
     * Connects.
     *
     * @throws ConnectException when nobody listens there
     * @throws SocketTimeoutException when nobody answers
     */
    public static Connection open(Budget budget, InetAddress address, int port) throws IOException {
        Connection connection = new Connection(budget);
        try {
            connection.plain.connect(
                    new InetSocketAddress(address, port), budget.millis(TestLimits.CONNECTION.dividedBy(2)));
            connection.plain.setTcpNoDelay(true);
            connection.plain.setSoTimeout(budget.millis(TestLimits.CONNECTION));
            return connection;
        } catch (IOException e) {
            connection.close();
            throw e;
        }
    }

    /** What comes in now; each byte counts. Reads one byte at a time where the reader asks for one. */
    public InputStream in() throws IOException {
        return new FilterInputStream(socket.getInputStream()) {
            @Override
            public int read() throws IOException {
                int read = super.read();
                budget.spend(1);
                return read;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int read = super.read(buffer, offset, length);
                budget.spend(Math.max(0, read));
                return read;
            }
        };
    }

    /** Sends text in UTF-8. */
    public void send(String text) throws IOException {
        send(text.getBytes(StandardCharsets.UTF_8));
    }

    public void send(byte[] bytes) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(bytes);
        out.flush();
    }

    /** Whether the other side has sent what nobody has read yet. */
    public boolean hasUnread() throws IOException {
        return socket.getInputStream().available() > 0;
    }

    /**
     * Makes the connection a TLS one.
     *
     * @param serverName what the certificate should be for, sent in the handshake (RFC 6066 §3)
     * @param protocol to be agreed on (RFC 7301); empty for none
     */
    public SSLSession startTls(SSLContext context, String serverName, String protocol) throws IOException {
        SSLSocket encrypted =
                (SSLSocket) context.getSocketFactory().createSocket(plain, serverName, plain.getPort(), true);
        SSLParameters parameters = encrypted.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(serverName)));
        if (!protocol.isEmpty()) {
            parameters.setApplicationProtocols(new String[] {protocol});
        }
        encrypted.setSSLParameters(parameters);
        encrypted.startHandshake();
        socket = encrypted;
        return encrypted.getSession();
    }

    /** The protocol both sides agreed on; empty when they did not. */
    public String agreedProtocol() {
        String agreed = socket instanceof SSLSocket encrypted ? encrypted.getApplicationProtocol() : null;
        return agreed == null ? "" : agreed;
    }

    /** The other side's chain, leaf first, as sent; empty when it sent none. */
    public static List<X509Certificate> chain(SSLSession session) {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            for (Certificate certificate : session.getPeerCertificates()) {
                if (certificate instanceof X509Certificate x509) {
                    chain.add(x509);
                }
            }
        } catch (SSLPeerUnverifiedException e) {
            return List.of();
        }
        return chain;
    }

    /** Does not wait for the other side's farewell. */
    @Override
    public void close() {
        limit.close();
        try {
            plain.close();
        } catch (IOException e) {
            // It is closed for us whatever the system says.
        }
    }
}
