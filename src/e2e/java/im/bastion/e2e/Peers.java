// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of the system that some tests talk to: another XMPP server, coturn's client, a browser. */
public final class Peers {
    /** Set to 1 where all of them are installed, so that a test that misses one fails instead of being skipped. */
    public static final String REQUIRED = "BASTION_REQUIRE_PEERS";

    private static final List<String> SYSTEM_FOLDERS = List.of("/usr/sbin", "/sbin", "/usr/local/sbin");

    private Peers() {}

    /** The program's path; skips the test, with the reason, when the system has none. */
    public static Path require(String program) {
        return find(program).orElseGet(() -> {
            String reason = program + " is not installed; it is needed for this test";
            return "1".equals(System.getenv(REQUIRED)) ? fail(reason + ", and " + REQUIRED + "=1") : abort(reason);
        });
    }

    /** The program's path, if the system has it. */
    public static Optional<Path> find(String program) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Stream.concat(Stream.of(path.split(":", -1)), SYSTEM_FOLDERS.stream())
                .filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
