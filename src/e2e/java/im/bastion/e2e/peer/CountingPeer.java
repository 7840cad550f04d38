// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.peer;

import static im.bastion.e2e.peer.PeerStream.attribute;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A scripted server with a good certificate that is every domain at once, believes everybody in dialback, and does nothing
 * with what reaches it but count the messages: for benchmarks, in which it must not be what is measured.
 */
public final class CountingPeer implements AutoCloseable {
    private static final String HEADER =
            """
            <?xml version='1.0'?><stream:stream xmlns='jabber:server' xmlns:db='jabber:server:dialback' \
            xmlns:stream='http://etherx.jabber.org/streams' id='%s' from='%s' to='%s' version='1.0'>\
            <stream:features>%s<dialback xmlns='urn:xmpp:features:dialback'/></stream:features>""";
    private static final String STARTTLS = "<starttls xmlns='urn:ietf:params:xml:ns:xmpp-tls'><required/></starttls>";
    private static final String MESSAGE_END = "</message>";

    private final PeerCertificates certificates;
    private final ServerSocket listener;
    private final AtomicLong messages = new AtomicLong();
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "counting-peer");
        thread.setDaemon(true);
        return thread;
    });

    /** Listens on a free port of that address. */
    public CountingPeer(PeerCertificates certificates, String address) {
        this.certificates = certificates;
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getByName(address));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** How many messages have reached it, of all domains. */
    public long messages() {
        return messages.get();
    }

    @Override
    public void close() throws IOException {
        listener.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        threads.shutdownNow();
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                Socket socket = listener.accept();
                sockets.add(socket);
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                // Closed: the loop ends.
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            negotiate(new PeerStream(socket));
        } catch (IOException e) {
            // The server hung up, or the benchmark is over.
        } finally {
            sockets.remove(socket);
        }
    }

    private void negotiate(PeerStream stream) throws IOException {
        String domain = "";
        for (String piece = stream.read(); piece != null; piece = stream.read()) {
            if (piece.startsWith("<stream:stream")) {
                domain = attribute(piece, "to");
                String tls = stream.isEncrypted() ? "" : STARTTLS;
                stream.write(HEADER.formatted(UUID.randomUUID(), domain, attribute(piece, "from"), tls));
            } else if (piece.startsWith("<starttls")) {
                stream.write("<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/>");
                stream.startTls(certificates.context(Trick.HONEST, domain), false);
            } else if (piece.startsWith("<db:verify")) {
                stream.write("<db:verify from='%s' to='%s' id='%s' type='valid'/>"
                        .formatted(domain, attribute(piece, "from"), attribute(piece, "id")));
            } else if (piece.startsWith("<db:result")) {
                stream.write("<db:result from='%s' to='%s' type='valid'/>".formatted(domain, attribute(piece, "from")));
                stream.count(MESSAGE_END, messages);
            }
        }
    }
}
