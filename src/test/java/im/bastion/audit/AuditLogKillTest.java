// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit;

import static im.bastion.audit.AuditFixtures.IMPATIENT;
import static im.bastion.audit.AuditFixtures.context;
import static im.bastion.audit.AuditFixtures.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.bastion.host.Database.Dialect;
import im.bastion.store.DatabaseServer;
import im.bastion.store.TestDatabase;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A process killed in the middle of writing to the embedded database, which keeps the last half second in memory. */
@Timeout(120)
class AuditLogKillTest {
    @TempDir
    private Path folder;

    @Test
    void aKillLosesAndDoublesNothingThatWasCommitted() throws Exception {
        TestDatabase database = DatabaseServer.of(Dialect.HSQLDB).freshDatabase();
        String address = addressOf(database);
        database.stop();
        long committed = runAndKill(address, 1_000);
        // The dead process cannot give its lock back, and HSQLDB would wait for it.
        Files.delete(Path.of(address.substring("jdbc:hsqldb:file:".length()) + ".lck"));
        database.start();
        AuditQuery query = new AuditQuery(database);
        try (AuditLog log = new AuditLog(context(database, folder), IMPATIENT)) {
            log.record(event("the last one"));
            await().atMost(Duration.ofSeconds(60)).until(() -> query.latest(1).stream()
                    .anyMatch(e -> e.event().detail().equals("the last one")));
        }
        assertThat(query.verify()).isEmpty();
        long entries = query.head().sequence() - 1;
        assertThat(entries).isGreaterThanOrEqualTo(committed);
        Set<String> details = details(query);
        for (int i = 0; i < entries; i++) {
            assertThat(details).contains("entry " + i);
        }
    }

    private long runAndKill(String address, long afterEntries) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        KilledProgram.class.getName(),
                        address,
                        folder.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            long committed = 0;
            while (committed < afterEntries) {
                String line = output.readLine();
                assertThat(line).as("the program ended by itself").isNotNull();
                committed = Long.parseLong(line);
            }
            return committed;
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

    private static Set<String> details(AuditQuery query) throws SQLException {
        Set<String> details = new HashSet<>();
        long before = Long.MAX_VALUE;
        for (var page = query.before(before, 1_000); !page.isEmpty(); page = query.before(before, 1_000)) {
            page.forEach(entry -> details.add(entry.event().detail()));
            before = page.get(page.size() - 1).sequence();
        }
        return details;
    }
}
