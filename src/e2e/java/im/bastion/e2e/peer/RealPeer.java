// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.peer;

import im.bastion.certificate.TestIdentity;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** A server that we did not write, with a domain for each {@link Face}, on loopback. */
public interface RealPeer extends AutoCloseable {
    /** How long its start may take. */
    Duration START = Duration.ofMinutes(1);

    /** Sends a message from that domain of its to somebody elsewhere. */
    void say(String fromDomain, String to, String body) throws IOException;

    /** Whether a stanza with that id, which nobody else uses, has reached it. */
    boolean has(String id) throws IOException;

    /** Whether a session that it opened from that domain has ended. */
    boolean hasEnded(String fromDomain, String toDomain) throws IOException;

    /** What it logged about that domain, for the message of a failure. */
    String log(String domain) throws IOException;

    @Override
    void close() throws IOException;

    /** Waits until it listens on all of these ports; closes it when it does not get there within a minute. */
    static void awaitStart(RealPeer peer, List<Integer> ports) throws IOException {
        try {
            Awaitility.await("the peer listens").atMost(START).until(() -> ports.stream()
                    .allMatch(RealPeer::accepts));
        } catch (ConditionTimeoutException e) {
            String said = peer.log("");
            peer.close();
            throw new IOException("The peer did not start:\n" + said, e);
        }
    }

    /** Ends its process, gently at first. */
    static void stop(Process process) {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes the face's key and chain into one file, as both servers like it. */
    static void pem(Path file, PeerCertificates certificates, Face face, String domain) throws IOException {
        TestIdentity identity = certificates.of(face.certificate(), domain);
        Files.writeString(file, identity.certificatePem() + identity.keyPem());
    }

    /** Whether somebody listens there. */
    static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /** The lines of a log that are about that domain. */
    static String lines(Path log, String domain) throws IOException {
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.contains(domain)).collect(Collectors.joining("\n"));
        }
    }

    /** Deletes a folder with all that is in it. */
    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }
}
