// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e;

import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Programs of the system that some tests talk to: another XMPP server, coturn's client, a browser. */
public final class Peers {
    /** Set to 1 where all of them are installed, so that a test that misses one fails instead of being skipped. */
    public static final String REQUIRED = "BASTION_REQUIRE_PEERS";

    private static final List<String> SYSTEM_FOLDERS = List.of("/usr/sbin", "/sbin", "/usr/local/sbin");

    private Peers() {}

    /** The program's path; skips the test, with the reason, when the system has none. */
    public static Path require(String program) {
        return find(program).orElseGet(() -> missing(program));
    }

    /** A Python that has the module; skips the test, with the reason, when none of the system's has. */
    public static Path requirePython(String module) {
        return Stream.of("/usr/bin/python3", "/usr/local/bin/python3")
                .map(Path::of)
                .filter(Files::isExecutable)
                .filter(python -> hasModule(python, module))
                .findFirst()
                .orElseGet(() -> missing("python3 with " + module));
    }

    private static boolean hasModule(Path python, String module) {
        try {
            Process look = new ProcessBuilder(python.toString(), "-c", "import " + module)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return look.waitFor(30, TimeUnit.SECONDS) && look.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Path missing(String program) {
        String reason = program + " is not installed; it is needed for this test";
        return "1".equals(System.getenv(REQUIRED)) ? fail(reason + ", and " + REQUIRED + "=1") : abort(reason);
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
