// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit;

import static im.bastion.audit.AuditFixtures.IMPATIENT;
import static im.bastion.audit.AuditFixtures.context;
import static im.bastion.audit.AuditFixtures.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.bastion.host.Database;
import im.bastion.host.Database.Dialect;
import im.bastion.metric.Health.State;
import im.bastion.store.DatabaseServer;
import im.bastion.store.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the audit log does when something is full, broken or slow. */
@Timeout(60)
class AuditLogTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final TestDatabase real = DatabaseServer.of(Dialect.HSQLDB).freshDatabase();
    private final AuditQuery query = new AuditQuery(real);
    private final SwitchedDatabase database = new SwitchedDatabase(real);

    @TempDir
    private Path folder;

    @Test
    void countsWhatNoLongerFindsRoomAndSaysSoInTheLog() throws SQLException {
        AuditLimits tiny = with(20, 2_000);
        AuditContext context = context(database, folder);
        database.isUp = false;
        try (AuditLog log = new AuditLog(context, tiny)) {
            for (int i = 0; i < 500; i++) {
                log.record(event("entry " + i));
            }
            await().atMost(PATIENCE)
                    .until(() -> context.health().of("audit") != null
                            && context.health().of("audit").message().contains("no room left"));
            database.isUp = true;
            awaitDetail("entries found no place");
            log.record(event("afterwards"));
            awaitDetail("afterwards");
        }
        assertThat(context.counters().counter("audit.lost").sum()).isPositive();
        assertAllKeptOrTold(context, 500);
    }

    @Test
    void theNumberOfTheLostOutlivesTheEndOfThePlugin() throws SQLException {
        AuditLimits tiny = new AuditLimits(
                20,
                2_000,
                4,
                Duration.ofMillis(10),
                Duration.ofMillis(10),
                PATIENCE,
                Duration.ofMinutes(5),
                Duration.ofMillis(200));
        AuditContext context = context(database, folder);
        database.isUp = false;
        try (AuditLog log = new AuditLog(context, tiny)) {
            for (int i = 0; i < 100; i++) {
                log.record(event("entry " + i));
            }
        }
        assertThat(context.counters().counter("audit.lost").sum()).isPositive();
        database.isUp = true;
        try (AuditLog log = new AuditLog(context(database, folder), IMPATIENT)) {
            awaitDetail("entries found no place");
            log.record(event("afterwards"));
            awaitDetail("afterwards");
        }
        assertAllKeptOrTold(context, 100);
    }

    @Test
    void closingWritesWhatWasRecordedJustBefore() throws SQLException {
        try (AuditLog log = new AuditLog(context(database, folder), IMPATIENT)) {
            IntStream.range(0, 1_000).forEach(i -> log.record(event("entry " + i)));
        }
        assertThat(query.head().sequence()).isEqualTo(1_000);
    }

    @Test
    void closingWithoutADatabaseLeavesEverythingForTheNextStart() throws SQLException {
        database.isUp = false;
        try (AuditLog log = new AuditLog(context(database, folder), IMPATIENT)) {
            IntStream.range(0, 1_000).forEach(i -> log.record(event("entry " + i)));
        }
        database.isUp = true;
        try (AuditLog log = new AuditLog(context(database, folder), IMPATIENT)) {
            await().atMost(PATIENCE).until(() -> query.head().sequence() == 1_000);
            log.record(event("afterwards"));
        }
        assertThat(query.head().sequence()).isEqualTo(1_001);
        assertThat(query.verify()).isEmpty();
    }

    /** Also by a thread that the server has interrupted, as when it stops. */
    @Test
    void closingByAnInterruptedThreadLosesNothing() throws SQLException {
        AuditLog log = new AuditLog(context(database, folder), IMPATIENT);
        IntStream.range(0, 100).forEach(i -> log.record(event("entry " + i)));
        Thread.currentThread().interrupt();
        log.close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(query.head().sequence()).isEqualTo(100);
    }

    @Test
    void aDatabaseThatHangsHoldsUpNeitherTheGuardsNorTheDisk() throws Exception {
        AuditContext context = context(database, folder);
        AuditLimits smallQueue = with(200, 1_000_000);
        try (AuditLog log = new AuditLog(context, smallQueue)) {
            log.record(event("before"));
            awaitDetail("before");
            database.hang();
            long bytes = spooledBytes(event("before"));
            for (int i = 0; i < 1_000; i++) {
                log.record(event("entry " + i));
                bytes += spooledBytes(event("entry " + i));
                if (i % 100 == 99) {
                    long expected = bytes;
                    await().atMost(PATIENCE).until(() -> Files.size(folder.resolve(AuditLog.SPOOL)) == expected);
                }
            }
            database.goOn();
            await().atMost(PATIENCE).until(() -> query.head().sequence() == 1_001);
        }
        assertThat(context.counters().counter("audit.lost").sum()).isZero();
    }

    @Test
    void withoutADiskEntriesGoStraightToTheDatabase() throws IOException, SQLException {
        Path notAFolder = Files.writeString(folder.resolve("file"), "in the way");
        AuditContext context = context(database, notAFolder);
        try (AuditLog log = new AuditLog(context, IMPATIENT)) {
            for (int i = 0; i < 200; i++) {
                log.record(event("entry " + i));
            }
            await().atMost(PATIENCE).until(() -> query.head().sequence() == 200);
            assertThat(context.health().of("audit"))
                    .satisfies(report -> assertThat(report.state()).isEqualTo(State.DEGRADED))
                    .satisfies(report -> assertThat(report.message()).contains("The disk does not take audit entries"));
            Files.delete(notAFolder);
            log.record(event("afterwards"));
            awaitDetail("afterwards");
            await().atMost(PATIENCE).until(() -> context.health().of("audit").state() == State.OK);
        }
        assertThat(query.verify()).isEmpty();
    }

    @Test
    void reportsWhatWasDamagedInTheSpoolAndKeepsTheRest() throws IOException, SQLException {
        database.isUp = false;
        try (AuditLog log = new AuditLog(context(database, folder), IMPATIENT)) {
            IntStream.range(0, 10).forEach(i -> log.record(event("entry " + i)));
        }
        Path spool = folder.resolve(AuditLog.SPOOL);
        byte[] bytes = Files.readAllBytes(spool);
        bytes[bytes.length / 2] ^= 1;
        Files.write(spool, bytes);
        database.isUp = true;
        try (AuditLog log = new AuditLog(context(database, folder), IMPATIENT)) {
            awaitDetail("bytes of the file of waiting entries could not be read");
            log.record(event("afterwards"));
            awaitDetail("afterwards");
        }
        assertThat(query.latest(100)).hasSize(9 + 2);
        assertThat(query.verify()).isEmpty();
    }

    @Test
    void aDatabaseThatNeverAnswersIsReported() {
        AuditContext context = context(database, folder);
        CountDownLatch answer = new CountDownLatch(1);
        database.answers = answer;
        try (AuditLog log = new AuditLog(context, with(100, 1_000_000))) {
            log.record(event("entry"));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(context.health().of("audit"))
                            .extracting("state")
                            .isEqualTo(State.FAILED));
            assertThat(context.health().of("audit").message()).contains("no answer for", "wait on disk");
            answer.countDown();
            awaitDetail("entry");
            await().atMost(PATIENCE).until(() -> context.health().of("audit").state() == State.OK);
        }
    }

    @Test
    void freesTheDiskOnceEntriesHaveSettled() {
        AuditLimits quick = new AuditLimits(
                100,
                1_000_000,
                10,
                Duration.ofMillis(10),
                Duration.ofMillis(10),
                PATIENCE,
                Duration.ofMillis(50),
                PATIENCE);
        try (AuditLog log = new AuditLog(context(database, folder), quick)) {
            log.record(event("entry"));
            awaitDetail("entry");
            await().atMost(PATIENCE).until(() -> Files.size(folder.resolve(AuditLog.SPOOL)) == 0);
            log.record(event("another"));
            awaitDetail("another");
        }
    }

    /** Every event recorded under the context is in the log, or in the numbers that the log tells were lost. */
    private void assertAllKeptOrTold(AuditContext context, int recorded) throws SQLException {
        List<AuditEntry> entries = query.latest(1_000);
        long kept = entries.stream()
                .filter(e -> e.event().detail().startsWith("entry "))
                .count();
        long told = entries.stream()
                .filter(e -> e.event().action().equals("entries-lost"))
                .mapToLong(e -> Long.parseLong(e.event().detail().split(" ", 2)[0]))
                .sum();
        assertThat(kept + told).isEqualTo(recorded);
        assertThat(told).isEqualTo(context.counters().counter("audit.lost").sum());
        assertThat(query.verify()).isEmpty();
    }

    private static long spooledBytes(AuditEvent event) {
        return SpoolFrame.encode(List.of(EntryCodec.encode(PendingEntry.of(event))))
                .remaining();
    }

    private void awaitDetail(String text) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> query.latest(1_000).stream()
                .anyMatch(e -> e.event().detail().contains(text)));
    }

    private static AuditLimits with(int queueEntries, long spoolBytes) {
        return new AuditLimits(
                queueEntries,
                spoolBytes,
                4,
                Duration.ofMillis(10),
                Duration.ofMillis(50),
                Duration.ofMillis(200),
                Duration.ofMinutes(5),
                Duration.ofSeconds(10));
    }

    /** A database that can be out of reach, or not answer. */
    private static final class SwitchedDatabase implements Database {
        private final Database real;
        private volatile boolean isUp = true;
        private volatile CountDownLatch answers = new CountDownLatch(0);

        SwitchedDatabase(Database real) {
            this.real = real;
        }

        void hang() {
            answers = new CountDownLatch(1);
        }

        void goOn() {
            answers.countDown();
        }

        @Override
        public Connection connection() throws SQLException {
            try {
                answers.await();
            } catch (InterruptedException e) {
                throw new SQLException(e);
            }
            if (!isUp) {
                throw new SQLException("Connection refused", "08001");
            }
            return real.connection();
        }

        @Override
        public Dialect dialect() {
            return real.dialect();
        }
    }
}
