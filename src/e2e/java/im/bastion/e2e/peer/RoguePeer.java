// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

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

    private static final String VICTIM = "romeo@home.test";
    private static final int STALL_SECONDS = 7;
    private static final int MAX_HOLD_SECONDS = 60;
    private final PeerCertificates certificates;
    private final ServerSocket listener;
    private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
    private final Map<String, CountDownLatch> held = new ConcurrentHashMap<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
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

    /** Says nothing on new streams to that domain until {@link #release}. */
    public void hold(String domain) {
        held.put(domain, new CountDownLatch(1));
    }

    /** Goes on with the streams to that domain. */
    public void release(String domain) {
        held.get(domain).countDown();
    }

    void waitUntilReleased(String domain) throws IOException {
        CountDownLatch latch = held.get(domain);
        try {
            if (latch != null && !latch.await(MAX_HOLD_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("held for too long");
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    /** The stanza that it injects in the name of that domain, to everybody's Romeo. */
    String injection(String domain) {
        return "<message from='juliet@%s' to='%s' type='chat'><body>injected by %s</body></message>"
                .formatted(domain, VICTIM, domain);
    }

    /** Lets a handshake hang, for longer than a server should wait and not longer than a test can. */
    void stall() {
        try {
            var unused = stopped.await(STALL_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
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
        stopped.countDown();
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
