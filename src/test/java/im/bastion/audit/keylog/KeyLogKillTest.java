// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.keylog;

import static im.bastion.audit.keylog.KeyLogFixtures.ROMEO;
import static im.bastion.audit.keylog.KeyLogFixtures.event;
import static im.bastion.audit.keylog.KeyLogFixtures.export;
import static im.bastion.audit.keylog.KeyLogFixtures.verify;
import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.audit.keylog.KeyLogFixtures.Node;
import im.bastion.host.Database.Dialect;
import im.bastion.store.DatabaseServer;
import im.bastion.store.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process killed while it appends and signs. */
@Timeout(180)
class KeyLogKillTest {
    private static final int KILLS = 3;

    @TempDir
    private Path folder;

    @Test
    void noHeadOutlivesItsLeavesAndTheLogGoesOn() throws Exception {
        TestDatabase database = DatabaseServer.of(Dialect.HSQLDB).freshDatabase();
        String address = addressOf(database);
        Path head = folder.resolve("head");
        for (int kill = 0; kill < KILLS; kill++) {
            database.stop();
            runAndKill(address, 3);
            // The dead process cannot give its lock back, and HSQLDB would wait for it.
            Files.delete(Path.of(address.substring("jdbc:hsqldb:file:".length()) + ".lck"));
            database.start();
            Files.copy(folder.resolve(TreeHeads.FILE), head, StandardCopyOption.REPLACE_EXISTING);
            long signed = SignedHead.parse(Files.readString(head)).head().size();

            try (Node node = new Node(database, folder, HeadBoard.NONE, Clock.systemUTC())) {
                node.log.record(event(ROMEO, 1_000_000 + kill));
                node.awaitHead(signed + 1);
                assertThat(node.log.status().alarm()).isEmpty();
                assertThat(verify(export(node.log, folder.resolve("log")), "--earlier", head))
                        .endsWith("exit 0");
                assertThat(inRuns(node.log.history(ROMEO))).isTrue();
            }
        }
    }

    /** Each run of the program logs 0, 1, 2 …; what a kill cuts off is only its end. */
    private static boolean inRuns(List<KeyLog.Entry> history) {
        int next = 0;
        for (KeyLog.Entry entry : history) {
            int device = entry.opening().device();
            if (device < 1_000_000 && device != next && device != 0) {
                return false;
            }
            next = device < 1_000_000 ? device + 1 : 0;
        }
        return true;
    }

    private void runAndKill(String address, int heads) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledKeyLog.class.getName(),
                        address,
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (int i = 0; i < heads; i++) {
                assertThat(output.readLine()).as("the program ended by itself").isNotNull();
            }
        } finally {
            process.destroyForcibly();
            assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static String addressOf(TestDatabase database) throws SQLException {
        try (Connection connection = database.connection()) {
            return connection.getMetaData().getURL();
        }
    }
}
