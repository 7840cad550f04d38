// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.peer;

import im.bastion.certificate.TestIdentity;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Prosody on loopback, as the server of some domains, demanding a valid certificate itself. */
public final class ProsodyPeer implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(20);
    private static final String CONFIGURATION =
            """
            run_as_root = true
            daemonize = false
            pidfile = "%1$s/prosody.pid"
            data_path = "%1$s/data"
            log = { debug = "%1$s/prosody.log" }
            interfaces = { "127.0.0.1" }
            s2s_ports = { %2$d }
            c2s_ports = { }
            modules_enabled = { "tls", "saslauth", "dialback", "disco", "ping" }
            modules_disabled = { "c2s", "http", "admin_shell" }
            s2s_secure_auth = true
            """;
    private static final String ENCRYPTED =
            """
            VirtualHost "%2$s"
            s2s_require_encryption = true
            ssl = { key = "%1$s/%2$s.key", certificate = "%1$s/%2$s.pem", cafile = "%1$s/authority.pem" }
            """;
    private static final String PLAIN =
            """
            VirtualHost "%2$s"
            s2s_require_encryption = false
            modules_disabled = { "tls" }
            """;

    /**
     * One domain.
     *
     * @param identity null for one without TLS
     */
    public record Domain(String name, TestIdentity identity) {}

    private final Path folder;
    private final Process process;

    /**
     * Starts it and waits until it listens.
     *
     * @param program where Prosody is
     * @param port free on 127.0.0.1
     */
    public ProsodyPeer(Path program, String domain, int port, PeerCertificates certificates) throws IOException {
        this(program, List.of(new Domain(domain, certificates.good(domain))), port, certificates);
    }

    /** The same, for several domains on one port. */
    public ProsodyPeer(Path program, List<Domain> domains, int port, PeerCertificates certificates) throws IOException {
        folder = Files.createTempDirectory("bastion-prosody");
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(
                folder.resolve("authority.pem"),
                new TestIdentity(null, List.of(certificates.authority())).certificatePem());
        StringBuilder configuration = new StringBuilder(CONFIGURATION.formatted(folder, port));
        for (Domain domain : domains) {
            if (domain.identity() != null) {
                Files.writeString(
                        folder.resolve(domain.name() + ".key"),
                        domain.identity().keyPem());
                Files.writeString(
                        folder.resolve(domain.name() + ".pem"),
                        domain.identity().certificatePem());
            }
            configuration.append((domain.identity() == null ? PLAIN : ENCRYPTED).formatted(folder, domain.name()));
        }
        Files.writeString(folder.resolve("prosody.cfg.lua"), configuration);
        File output = folder.resolve("output.log").toFile();
        process = new ProcessBuilder(
                        program.toString(),
                        "-F",
                        "--config",
                        folder.resolve("prosody.cfg.lua").toString())
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        Awaitility.await("Prosody listens").atMost(START).until(() -> accepts(port));
    }

    /** What it logged, stanzas among it. */
    public String log() {
        try {
            return Files.readString(folder.resolve("prosody.log"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        process.destroy();
        try {
            if (!process.waitFor(10, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        }
    }

    private static boolean accepts(int port) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 500);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
