// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.stream;

import im.bastion.certificate.TestIdentity;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** A receiving server on loopback that follows a script: real sockets and real TLS, as good or as bad as a test wants it. */
public final class ScriptedPeer implements AutoCloseable {
    /** What it does wrong. */
    public enum Quirk {
        NONE,
        /** Says nothing at all. */
        MUTE,
        /** Sends its header a byte at a time and never comes to an end. */
        DRIPPING,
        /** Offers features without end. */
        ENDLESS,
        /** Sends a stanza in clear text behind {@code <proceed/>}. */
        INJECTING,
        /** Refuses what it has offered. */
        REFUSING,
        /** Sends what is no TLS after {@code <proceed/>}. */
        GARBLED,
        /** Answers in HTML. */
        WEB
    }

    private static final String HEADER =
            "<?xml version='1.0'?><stream:stream xmlns='jabber:server' xmlns:db='jabber:server:dialback'"
                    + " xmlns:stream='http://etherx.jabber.org/streams' id='s1' version='1.0'>";
    private static final String STARTTLS = "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'>%s</starttls>";
    private static final Pattern VERIFY = Pattern.compile("<db:verify[^>]* id='([^']*)'");

    private final ServerSocket server;
    private final SSLContext context;
    private final AtomicInteger connections = new AtomicInteger();
    private String starttls = STARTTLS.formatted("<required/>");
    private String[] protocols = {"TLSv1.3", "TLSv1.2"};
    private String[] suites;
    private boolean direct;
    private String dialback = "invalid";
    private Quirk quirk = Quirk.NONE;

    public ScriptedPeer(TestIdentity identity) {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            context = context(identity);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** STARTTLS is offered, and not demanded. */
    public ScriptedPeer withOptionalTls() {
        starttls = STARTTLS.formatted("");
        return this;
    }

    public ScriptedPeer withoutTls() {
        starttls = "";
        return this;
    }

    public ScriptedPeer speaking(String... versions) {
        protocols = versions;
        return this;
    }

    public ScriptedPeer with(String... cipherSuites) {
        suites = cipherSuites;
        return this;
    }

    /** TLS comes first (XEP-0368). */
    public ScriptedPeer direct() {
        direct = true;
        return this;
    }

    /** @param type of the answer to {@code <db:verify/>}; empty for none */
    public ScriptedPeer answering(String type) {
        dialback = type;
        return this;
    }

    public ScriptedPeer with(Quirk other) {
        quirk = other;
        return this;
    }

    public ScriptedPeer start() {
        run(() -> {
            while (!server.isClosed()) {
                try {
                    Socket socket = server.accept();
                    connections.incrementAndGet();
                    run(() -> serve(socket));
                } catch (IOException e) {
                    // Closed.
                }
            }
        });
        return this;
    }

    public int port() {
        return server.getLocalPort();
    }

    public int connections() {
        return connections.get();
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A context that presents the identity and accepts any client. */
    public static SSLContext context(TestIdentity identity) {
        try {
            char[] password = "changeit".toCharArray();
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setKeyEntry("peer", identity.key(), password, identity.chain().toArray(X509Certificate[]::new));
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(store, password);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), new TrustManager[] {new AnyClient()}, null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void serve(Socket plain) {
        try (plain) {
            Socket socket = plain;
            if (direct) {
                socket = encrypted(plain);
            } else {
                if (misbehaves(plain)) {
                    return;
                }
                read(plain, "version='1.0'>");
                send(plain, HEADER + "<stream:features>" + starttls + "</stream:features>");
                read(plain, "<starttls");
                if (quirk == Quirk.REFUSING) {
                    send(plain, "<failure xmlns='urn:ietf:params:xml:ns:xmpp-tls'/></stream:stream>");
                    return;
                }
                String more = quirk == Quirk.INJECTING ? "<message><body>evil</body></message>" : "";
                send(plain, "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>" + more);
                if (quirk == Quirk.GARBLED) {
                    send(plain, "this is no TLS at all, whatever it was called before");
                    return;
                }
                socket = encrypted(plain);
            }
            converse(socket);
        } catch (IOException e) {
            // The test has seen enough.
        }
    }

    private void converse(Socket socket) throws IOException {
        read(socket, "version='1.0'>");
        boolean certified = ((SSLSocket) socket).getSession().getLocalCertificates() != null && isCertified(socket);
        send(
                socket,
                HEADER + "<stream:features>"
                        + (certified
                                ? "<mechanisms xmlns='urn:ietf:params:xml:ns:xmpp-sasl'>"
                                        + "<mechanism>EXTERNAL</mechanism></mechanisms>"
                                : "")
                        + "<dialback xmlns='urn:xmpp:features:dialback'/></stream:features>");
        Matcher verify = VERIFY.matcher(read(socket, "</db:verify>"));
        if (verify.find() && !dialback.isEmpty()) {
            send(socket, "<db:verify id='" + verify.group(1) + "' type='" + dialback + "'/>");
        }
        read(socket, "</stream:stream>");
    }

    private static boolean isCertified(Socket socket) {
        try {
            return ((SSLSocket) socket).getSession().getPeerCertificates().length > 0;
        } catch (IOException e) {
            return false;
        }
    }

    private boolean misbehaves(Socket socket) throws IOException {
        switch (quirk) {
            case MUTE -> read(socket, "never");
            case DRIPPING -> {
                for (int i = 0; ; i++) {
                    send(socket, i == 0 ? "<" : "a");
                    try {
                        Thread.sleep(50);
                    } catch (InterruptedException e) {
                        return true;
                    }
                }
            }
            case ENDLESS -> {
                send(socket, HEADER + "<stream:features>");
                while (true) {
                    send(socket, "<feature xmlns='urn:x'/>".repeat(100));
                }
            }
            case WEB -> send(socket, "HTTP/1.1 400 Bad Request\r\nContent-Type: text/html\r\n\r\n<html>");
            default -> {
                return false;
            }
        }
        return true;
    }

    private SSLSocket encrypted(Socket plain) throws IOException {
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, "peer", 0, true);
        socket.setUseClientMode(false);
        socket.setWantClientAuth(true);
        socket.setEnabledProtocols(protocols);
        if (suites != null) {
            socket.setEnabledCipherSuites(suites);
        }
        if (direct) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"xmpp-server"});
            socket.setSSLParameters(parameters);
        }
        socket.startHandshake();
        return socket;
    }

    private static String read(Socket socket, String until) throws IOException {
        StringBuilder text = new StringBuilder();
        InputStream in = socket.getInputStream();
        while (text.indexOf(until) < 0) {
            int read = in.read();
            if (read < 0) {
                throw new IOException("ended");
            }
            text.append((char) read);
        }
        if (until.equals("<starttls")) {
            text.append(read(socket, "/>"));
        }
        return text.toString();
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        socket.getOutputStream().flush();
    }

    private static void run(Runnable task) {
        Thread thread = new Thread(task, "scripted-peer");
        thread.setDaemon(true);
        thread.start();
    }

    private static final class AnyClient implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // Anybody.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            throw new UnsupportedOperationException("it is a server");
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
