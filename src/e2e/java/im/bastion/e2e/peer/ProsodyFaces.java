// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.peer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** One Prosody with a virtual host for each face; it demands nothing of others itself. */
public final class ProsodyFaces implements RealPeer {
    private static final String NAME = "prosody";
    private static final String CONFIGURATION =
            """
            run_as_root = true
            daemonize = false
            pidfile = "%1$s/prosody.pid"
            data_path = "%1$s/data"
            plugin_paths = { "%1$s" }
            log = { debug = "%1$s/prosody.log" }
            interfaces = { "127.0.0.1" }
            s2s_ports = { %2$d }
            c2s_ports = { }
            modules_enabled = { "tls", "saslauth", "dialback" }
            modules_disabled = { "c2s", "http", "admin_shell" }
            s2s_require_encryption = false
            s2s_secure_auth = false
            say_folder = "%1$s"
            say_port = %3$d
            VirtualHost "say.prosody.test"
            modules_enabled = { "say" }
            """;

    private final Path folder = Files.createTempDirectory("bastion-prosody-faces");
    private final Process process;
    private int said;

    /**
     * Starts it and waits until it listens.
     *
     * @param port free on 127.0.0.1
     * @param other where it finds the server under test
     */
    public ProsodyFaces(Path program, int port, int other, PeerCertificates certificates) throws IOException {
        Files.createDirectories(folder.resolve("data"));
        Files.writeString(folder.resolve("authority.pem"), certificates.authorityPem());
        try (InputStream module = ProsodyFaces.class.getResourceAsStream("/mod_say.lua")) {
            Files.copy(module, folder.resolve("mod_say.lua"));
        }
        StringBuilder configuration = new StringBuilder(CONFIGURATION.formatted(folder, port, other));
        for (Face face : Face.values()) {
            configuration.append(host(certificates, face));
        }
        Path file = Files.writeString(folder.resolve("prosody.cfg.lua"), configuration);
        process = new ProcessBuilder(program.toString(), "-F", "--config", file.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.log").toFile())
                .start();
        RealPeer.awaitStart(this, List.of(port));
    }

    private String host(PeerCertificates certificates, Face face) throws IOException {
        String domain = face.domain(NAME);
        String head = "VirtualHost \"" + domain + "\"\n";
        if (face.certificate() == null) {
            return head + "modules_disabled = { \"tls\" }\n";
        }
        RealPeer.pem(folder.resolve(domain + ".pem"), certificates, face, domain);
        String ssl =
                "ssl = { key = \"%1$s/%2$s.pem\", certificate = \"%1$s/%2$s.pem\", cafile = \"%1$s/authority.pem\" }\n"
                        .formatted(folder, domain);
        return head + ssl + (face == Face.DIALBACK ? "modules_disabled = { \"saslauth\" }\n" : "");
    }

    @Override
    public void say(String fromDomain, String to, String body) throws IOException {
        Path draft = Files.writeString(
                folder.resolve(said++ + ".draft"), "juliet@" + fromDomain + "\n" + to + "\n" + body + "\n");
        Files.move(draft, folder.resolve(said + ".say"));
    }

    @Override
    public boolean has(String id) throws IOException {
        return Files.readString(folder.resolve("prosody.log"))
                .lines()
                .anyMatch(line -> line.contains("Received[s2sin") && line.contains("'" + id + "'"));
    }

    @Override
    public boolean hasEnded(String fromDomain, String toDomain) throws IOException {
        return Files.readString(folder.resolve("prosody.log"))
                .contains("Destroying outgoing session " + fromDomain + "->" + toDomain);
    }

    @Override
    public String log(String domain) throws IOException {
        return RealPeer.lines(folder.resolve("prosody.log"), domain);
    }

    @Override
    public void close() throws IOException {
        RealPeer.stop(process);
        RealPeer.delete(folder);
    }
}
