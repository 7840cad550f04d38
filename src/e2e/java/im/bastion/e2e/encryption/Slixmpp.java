// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.encryption;

import im.bastion.e2e.Peers;
import im.bastion.e2e.server.OpenfireServer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs one of our scripts for slixmpp, a client library of another family (Python). */
final class Slixmpp {
    private static final Path SCRIPTS = Path.of("src/e2e/resources");
    private static final String RESULT = "RESULT ";
    private static final int PATIENCE_SECONDS = 90;

    private Slixmpp() {}

    /** Logs the server's user in and answers what the script tells; skips the test where there is no slixmpp. */
    static String run(OpenfireServer server, String script, String user, String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Peers.requirePython("slixmpp").toString(),
                SCRIPTS.resolve(script).toString(),
                server.options().address(),
                String.valueOf(server.ports().client()),
                user + "@" + server.domain(),
                server.options().users().get(user)));
        command.addAll(List.of(arguments));
        Process client = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!client.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new AssertionError(script + " did not come to an end");
            }
            String printed = new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return printed.lines()
                    .filter(line -> line.startsWith(RESULT))
                    .map(line -> line.substring(RESULT.length()))
                    .findFirst()
                    .orElse(printed);
        } finally {
            client.destroyForcibly();
        }
    }
}
