// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A scripted server that is every domain at once, plays on each the {@link Trick} its name asks for, believes everybody
 * in dialback, and remembers what reaches it, in clear text or over TLS.
 */
public final class RoguePeer implements AutoCloseable {
    /**
     * A stanza that reached it.
     *
     * @param domain the domain the stream was opened to
     */
    public record Received(String domain, boolean encrypted, String stanza) {}

    private final PeerCertificates certificates;
    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Set<String> mended = ConcurrentHashMap.newKeySet();
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final List<String> log = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "rogue-peer");
        thread.setDaemon(true);
        return thread;
    });

    /** Listens on a free port of that address. */
    public RoguePeer(PeerCertificates certificates, String address) {
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

    /** Plays no trick on that domain any more. */
    public void mend(String domain) {
        mended.add(domain);
    }

    /** Plays its trick on that domain again. */
    public void relapse(String domain) {
        mended.remove(domain);
    }

    /** Ends every connection. */
    public void hangUp() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
    }

    Trick trick(String domain) {
        return mended.contains(domain) ? Trick.HONEST : Trick.of(domain);
    }

    /** The stanzas that reached the domain so far. */
    public List<Received> received(String domain) {
        return received.stream()
                .filter(stanza -> stanza.domain().equals(domain))
                .toList();
    }

    /** Everything that happened on streams to the domain, for the message of a failure. */
    public String log(String domain) {
        return String.join(
                "\n", log.stream().filter(line -> line.contains(domain)).toList());
    }

    @Override
    public void close() throws IOException {
        listener.close();
        hangUp();
        threads.shutdownNow();
    }

    void stanza(Received stanza) {
        received.add(stanza);
    }

    void note(String domain, String event) {
        log.add(domain + ": " + event);
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
            new RogueStream(this, certificates, new PeerStream(socket)).run();
        } catch (IOException e) {
            note("?", "connection ended: " + e);
        } finally {
            sockets.remove(socket);
        }
    }
}
