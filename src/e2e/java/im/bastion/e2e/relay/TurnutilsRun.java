// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.relay;

import im.bastion.e2e.Peers;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/** One of coturn's client tools at work; what it prints goes to a file that is deleted when the run has ended. */
record TurnutilsRun(Process process, Path printed) {
    /** How long a run may take. */
    static final Duration PATIENCE = Duration.ofSeconds(40);

    static TurnutilsRun start(String program, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(Peers.require(program).toString()));
        command.addAll(arguments);
        Path output = Files.createTempFile("bastion-" + program, ".txt");
        return new TurnutilsRun(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start(),
                output);
    }

    /** Waits for its end. */
    Traffic finish() throws IOException, InterruptedException {
        try {
            process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            return Traffic.of(output());
        } finally {
            end();
        }
    }

    /** Waits until it prints that or ends, which may take it long. */
    Traffic refusal(String words) throws IOException, InterruptedException {
        try {
            Awaitility.await().atMost(PATIENCE).until(() -> output().contains(words) || !process.isAlive());
            return Traffic.of(output());
        } finally {
            end();
        }
    }

    private String output() throws IOException {
        return Files.readString(printed, StandardCharsets.UTF_8);
    }

    private void end() throws IOException, InterruptedException {
        process.destroyForcibly();
        process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        Files.delete(printed);
    }
}
