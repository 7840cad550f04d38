// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.omemo;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.e2e.Peers;
import im.bastion.e2e.server.OpenfireServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** A client of another family: slixmpp with python-omemo, of either generation or both; it trusts every device it meets. */
final class PythonOmemo implements AutoCloseable {
    /** The namespaces a client can speak. */
    static final String OMEMO_2 = "urn:xmpp:omemo:2";

    static final String LEGACY = "eu.siacs.conversations.axolotl";

    private static final Path SCRIPT = Path.of("src/e2e/resources/omemo_client.py");
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Writer commands;
    private final Thread reader;
    private final List<String> said = new CopyOnWriteArrayList<>();

    private PythonOmemo(Process process) {
        this.process = process;
        this.commands = process.outputWriter(StandardCharsets.UTF_8);
        this.reader = new Thread(this::read, "python-omemo");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Logs in, announces its device with its keys and shows itself; skips the test where the libraries are missing.
     *
     * @param storage the file of its keys and sessions; who connects with the same one again goes on as the same device
     * @param namespaces what it speaks, the preferred first
     */
    static PythonOmemo connect(OpenfireServer server, String user, Path storage, String... namespaces)
            throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Peers.requirePython("slixmpp, twomemo.etree, oldmemo.etree").toString(),
                SCRIPT.toString(),
                server.options().address(),
                String.valueOf(server.ports().client()),
                user + "@" + server.domain(),
                server.options().users().get(user),
                storage.toString()));
        command.addAll(List.of(namespaces));
        PythonOmemo client = new PythonOmemo(
                new ProcessBuilder(command).redirectErrorStream(true).start());
        try {
            client.await("READY", 0);
            return client;
        } catch (Exception | Error e) {
            client.close();
            throw e;
        }
    }

    /** Says it to all devices of that person. */
    void say(String person, String text) throws IOException {
        tell("CHAT " + person + " " + text, "SENT");
    }

    /** Says it to all devices of all members of the room, in which it must be. */
    void sayIn(String room, String text) throws IOException {
        tell("ROOM " + room + " " + text, "SENT");
    }

    void join(String room, String nickname) throws IOException {
        tell("JOIN " + room + " " + nickname, "JOINED");
    }

    /** What it could decrypt, as "namespace sender text", in order. */
    List<String> heard() {
        return said.stream()
                .filter(line -> line.startsWith("HEARD "))
                .map(line -> line.substring("HEARD ".length()))
                .toList();
    }

    /** Everything it printed, for the one who wonders. */
    @Override
    public String toString() {
        return String.join("\n", said);
    }

    /** Leaves, so that from here on the server keeps what is said to it. */
    @Override
    public void close() {
        try {
            if (process.isAlive()) {
                tell("QUIT", "GONE");
            }
        } catch (IOException e) {
            said.add("It had ended before: " + e);
        } finally {
            process.destroyForcibly();
        }
    }

    private void tell(String command, String answer) throws IOException {
        long before = count(answer);
        send(command);
        await(answer, before);
    }

    private void await(String answer, long before) {
        Awaitility.await(answer)
                .dontCatchUncaughtExceptions()
                .atMost(PATIENCE)
                .failFast(
                        "The client has ended",
                        () -> !process.isAlive() && !reader.isAlive() && count(answer) <= before)
                .untilAsserted(() -> assertThat(count(answer)).as(toString()).isGreaterThan(before));
    }

    private long count(String answer) {
        return said.stream()
                .filter(line -> line.equals(answer) || line.startsWith(answer + " "))
                .count();
    }

    private void send(String command) throws IOException {
        commands.write(command + "\n");
        commands.flush();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(said::add);
        } catch (IOException | UncheckedIOException e) {
            said.add("The end: " + e);
        }
    }
}
