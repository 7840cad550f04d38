// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.omemo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.bastion.e2e.server.OpenfireServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The key log as an admin downloads it into a folder, and the verifier that reads what was downloaded. */
record KeyLogFiles(OpenfireServer server, Path folder) {
    /** Where the console gives it out; what of it comes after. */
    static final String PAGE = "plugins/bastion/bastion-keylog-download.jsp?what=";

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** Downloads the head when it has so many leaves. */
    Path awaitHead(long size, String name) {
        Path[] found = new Path[1];
        await().atMost(PATIENCE).untilAsserted(() -> {
            found[0] = download("head", name);
            assertThat(Files.readString(found[0])).contains("\n" + size + "\n");
        });
        return found[0];
    }

    /** Downloads it under that name. */
    Path download(String what, String name) throws IOException {
        var page = server.admin().get(PAGE + what);
        assertThat(page.status()).isEqualTo(200);
        return Files.writeString(folder.resolve(name), page.body());
    }

    /** What the verifier says, with the jar as the server has unpacked it and a Java of its own. */
    String verify(Object... words) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                server.home().resolve("plugins/bastion/lib/bastion.jar").toString(),
                "im.bastion.audit.keylog.VerifyKeylog"));
        Stream.of(words).map(String::valueOf).forEach(command::add);
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return said;
    }
}
