// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.datagram;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a system is like is decided once for a process, so each case has one of its own. */
class DataPathTest {
    /** Prints which way was chosen, and why not the other. */
    static final class Choice {
        public static void main(String[] arguments) {
            DataPath path = DataPath.choose(Boolean.parseBoolean(arguments[0]));
            System.out.println(path.kind() + " " + path.refusal());
            DataPath.release();
            if (!LibffiFiles.open().isEmpty()) {
                System.out.println("a file is left open");
            }
        }
    }

    @Test
    void manyAtOnceIsChosenWhereItWorks() throws Exception {
        assertThat(choice("true")).isEqualTo("BATCHED");
    }

    @Test
    void oneByOneIsChosenWhereTheAdminSaysSo() throws Exception {
        assertThat(choice("false")).isEqualTo("NIO");
    }

    @Test
    void oneByOneIsChosenWithTheReasonWhereNativeCodeCannotBeUnpacked() throws Exception {
        assertThat(choice("true", "-Djna.tmpdir=/proc/self/no-such-folder", "-Djna.nosys=true"))
                .startsWith("NIO ")
                .hasSizeGreaterThan("NIO ".length());
    }

    @Test
    void choosingAgainAfterwardsWorksAsWell() {
        // More often than there is memory for, were any taken each time.
        for (int i = 0; i < 200; i++) {
            DataPath path = DataPath.choose(true);
            assertThat(path.kind()).isEqualTo(DataPath.Kind.BATCHED);
        }
    }

    private static String choice(String batched, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Choice.class.getName(), batched));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return output.strip();
        } finally {
            process.destroyForcibly();
        }
    }
}
