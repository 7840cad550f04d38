// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.peer;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One ejabberd with a host for each face. Whether it offers SASL EXTERNAL is a matter of the authorities it trusts: the
 * host with {@link Face#DIALBACK} trusts another one than ours.
 */
public final class EjabberdFaces implements RealPeer {
    private static final String NAME = "ejabberd";
    private static final String CONFIGURATION =
            """
            loglevel: debug
            log_rotate_count: 0
            hosts: [%1$s]
            certfiles: [%2$s]
            ca_file: "%3$s/authority.pem"
            listen:
              - { port: %4$d, ip: "127.0.0.1", module: ejabberd_s2s_in }
              - { port: %5$d, ip: "127.0.0.1", module: ejabberd_http, request_handlers: { "/api": mod_http_api } }
            api_permissions: { all: { from: [mod_http_api], who: { ip: "127.0.0.1/8" }, what: "*" } }
            s2s_use_starttls: optional
            s2s_dns_retries: 1
            outgoing_s2s_families: [ipv4]
            host_config:
              "no-starttls.ejabberd.test": { s2s_use_starttls: false }
              "dialback.ejabberd.test": { s2s_cafile: "%3$s/stranger.pem" }
            modules: { mod_admin_extra: {}, mod_s2s_dialback: {}, mod_http_api: {} }
            acme: { auto: false }
            """;
    private static final String RESOLVER = "{resolv_conf, \"\"}.\n{nameserver, {127,0,0,1}, %d}.\n{lookup, [file]}.\n";

    private final Path folder = Files.createTempDirectory("bastion-ejabberd");
    private final HttpClient http = HttpClient.newHttpClient();
    private final URI api;
    private final OnePortDns dns;
    private final Process process;

    /**
     * Starts it and waits until it answers.
     *
     * @param ports two free ones on 127.0.0.1: for servers, and for what it is told to do
     * @param other where it finds the server under test
     */
    public EjabberdFaces(Path erlang, List<Integer> ports, int other, PeerCertificates certificates)
            throws IOException {
        this.api = URI.create("http://127.0.0.1:" + ports.get(1) + "/api/");
        this.dns = new OnePortDns(other);
        Files.writeString(folder.resolve("authority.pem"), certificates.authorityPem());
        Files.writeString(folder.resolve("stranger.pem"), certificates.strangerPem());
        Files.writeString(folder.resolve("inetrc"), RESOLVER.formatted(dns.port()));
        List<String> hosts = new ArrayList<>();
        List<String> files = new ArrayList<>();
        for (Face face : Face.values()) {
            hosts.add('"' + face.domain(NAME) + '"');
            if (face.certificate() != null) {
                Path file = folder.resolve(face.label() + ".pem");
                RealPeer.pem(file, certificates, face, face.domain(NAME));
                files.add('"' + file.toString() + '"');
            }
        }
        Path configuration = Files.writeString(
                folder.resolve("ejabberd.yml"),
                CONFIGURATION.formatted(
                        String.join(", ", hosts), String.join(", ", files), folder, ports.get(0), ports.get(1)));
        process = start(erlang, configuration);
        RealPeer.awaitStart(this, ports);
    }

    private Process start(Path erlang, Path configuration) throws IOException {
        ProcessBuilder command = new ProcessBuilder(
                        erlang.toString(),
                        "-noinput",
                        "-mnesia",
                        "dir",
                        "\"" + folder.resolve("db") + '"',
                        "-ejabberd",
                        "log_path",
                        "\"" + folder.resolve("ejabberd.log") + '"',
                        "-ejabberd",
                        "config",
                        "\"" + configuration + '"',
                        "-s",
                        "ejabberd")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.log").toFile());
        command.environment()
                .putAll(Map.of(
                        "ERL_LIBS", libraries().toString(),
                        "ERL_INETRC", folder.resolve("inetrc").toString(),
                        "HOME", folder.toString()));
        return command.start();
    }

    /** Debian keeps ejabberd beside the libraries of the machine's architecture, not beside Erlang's. */
    private static Path libraries() throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(Path.of("/usr/lib"), Files::isDirectory)) {
            for (Path folder : folders) {
                if (holdsEjabberd(folder)) {
                    return folder;
                }
            }
        }
        throw new IOException("no ejabberd below /usr/lib");
    }

    private static boolean holdsEjabberd(Path folder) throws IOException {
        if (!Files.isReadable(folder)) {
            return false;
        }
        try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, "ejabberd-*")) {
            return found.iterator().hasNext();
        }
    }

    @Override
    public void say(String fromDomain, String to, String body) throws IOException {
        String json = "{\"type\":\"chat\",\"from\":\"juliet@%s\",\"to\":\"%s\",\"subject\":\"\",\"body\":\"%s\"}"
                .formatted(fromDomain, to, body);
        try {
            int status = http.send(
                            HttpRequest.newBuilder(api.resolve("send_message"))
                                    .header("Content-Type", "application/json")
                                    .POST(BodyPublishers.ofString(json))
                                    .build(),
                            BodyHandlers.discarding())
                    .statusCode();
            if (status != 200) {
                throw new IOException("ejabberd answered " + status);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public boolean has(String id) throws IOException {
        // Erlang's way of writing a string, with its quotation marks escaped.
        String attribute = "id=\\\"" + id + "\\\"";
        return log().stream().anyMatch(line -> line.contains("Received XML on stream") && line.contains(attribute));
    }

    @Override
    public boolean hasEnded(String fromDomain, String toDomain) throws IOException {
        return log().stream()
                .anyMatch(line -> line.contains(" outbound s2s connection " + fromDomain + " -> " + toDomain)
                        && (line.contains("Failed to establish") || line.contains("Closing")));
    }

    @Override
    public String log(String domain) throws IOException {
        return RealPeer.lines(folder.resolve("ejabberd.log"), domain);
    }

    private List<String> log() throws IOException {
        return Files.readAllLines(folder.resolve("ejabberd.log"), StandardCharsets.ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
        dns.close();
        RealPeer.stop(process);
        RealPeer.delete(folder);
    }
}
