// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit;

import static im.bastion.audit.AuditFixtures.IMPATIENT;
import static im.bastion.audit.AuditFixtures.context;
import static im.bastion.audit.AuditFixtures.event;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import im.bastion.host.Database.Dialect;
import im.bastion.metric.Health.State;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.DatabaseServer;
import im.bastion.store.PolicyStore;
import im.bastion.store.TestDatabase;
import im.bastion.store.TextColumns;
import im.bastion.store.Transaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the audit log does on every database; run against each of the three, for real. */
abstract class AuditLogContract {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final DatabaseServer server;
    private TestDatabase database;
    private AuditQuery query;

    @TempDir
    private Path folder;

    AuditLogContract(Dialect dialect) {
        this.server = DatabaseServer.of(dialect);
    }

    @BeforeEach
    void freshDatabase() {
        database = server.freshDatabase();
        query = new AuditQuery(database);
    }

    @Test
    void keepsEveryFieldAsItWasGiven() throws SQLException {
        List<AuditEvent> events = List.of(
                event("plain"),
                event(""),
                event("a\\b'c\"d;-- \t\n"),
                event("привет, 世界, 😀 und äöü"),
                event("trailing spaces   "),
                event("x".repeat(AuditEvent.MAX_DETAIL)),
                event("\u0000 and \uD800"),
                new AuditEvent(
                        AuditFixtures.CLOCK.instant(),
                        "relay",
                        "😀".repeat(200),
                        "allocated",
                        "ä".repeat(2_000),
                        null,
                        0,
                        Mode.OBSERVE,
                        null));
        try (AuditLog log = open("node")) {
            events.forEach(log::record);
            awaitEntries(events.size());
        }
        assertThat(inOrder()).extracting(AuditEntry::event).containsExactlyElementsOf(events);
        assertThat(query.verify()).isEmpty();
    }

    @Test
    void twoNodesAtOnceKeepOneWholeChain() throws Exception {
        int each = 400;
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (AuditLog first = open("first");
                AuditLog second = open("second")) {
            List<Future<?>> done = new ArrayList<>();
            for (AuditLog log : List.of(first, second)) {
                for (String thread : List.of("a", "b")) {
                    String name = (log == first ? "first" : "second") + thread;
                    done.add(threads.submit(() -> record(log, name, each)));
                }
            }
            for (Future<?> one : done) {
                one.get();
            }
            awaitEntries(4L * each);
        } finally {
            threads.shutdown();
        }
        assertThat(query.verify()).isEmpty();
        for (String name : List.of("firsta", "firstb", "seconda", "secondb")) {
            assertThat(details()).filteredOn(d -> d.startsWith(name)).containsExactlyElementsOf(numbered(name, each));
        }
    }

    @Test
    void losesAndDoublesNothingWhenTheDatabaseStopsAndReturns() throws SQLException {
        AuditContext context = context(database, folder.resolve("node"));
        try (AuditLog log = new AuditLog(context, IMPATIENT)) {
            record(log, "before", 100);
            record(log, "cut", 500);
            database.stop();
            record(log, "during", 300);
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(context.health().of("audit"))
                            .extracting("state")
                            .isEqualTo(State.FAILED));
            assertThat(context.health().of("audit").message())
                    .contains("database does not take audit entries")
                    .contains("MiB wait on disk");
            database.start();
            record(log, "after", 50);
            awaitEntries(950);
            assertThat(context.health().of("audit").state()).isEqualTo(State.OK);
        }
        List<String> expected = new ArrayList<>(numbered("before", 100));
        expected.addAll(numbered("cut", 500));
        expected.addAll(numbered("during", 300));
        expected.addAll(numbered("after", 50));
        assertThat(details()).containsExactlyElementsOf(expected);
        assertThat(query.verify()).isEmpty();
    }

    @Test
    void aCrashDuringAnOutageLosesNothing() throws SQLException, IOException {
        database.stop();
        try (AuditLog log = open("crashed")) {
            record(log, "waiting", 200);
            // What a kill would leave behind.
            await().atMost(PATIENCE).until(() -> spooled("crashed") == 200);
            copySpool("crashed", "restarted");
        }
        database.start();
        try (AuditLog log = open("restarted")) {
            record(log, "later", 10);
            awaitEntries(210);
        }
        List<String> expected = new ArrayList<>(numbered("waiting", 200));
        expected.addAll(numbered("later", 10));
        assertThat(details()).containsExactlyElementsOf(expected);
        assertThat(query.verify()).isEmpty();
    }

    @Test
    void aCrashRightAfterTheCommitDoublesNothing() throws SQLException, IOException {
        try (AuditLog log = open("crashed")) {
            record(log, "written", 200);
            awaitEntries(200);
            copySpool("crashed", "restarted");
        }
        try (AuditLog log = open("restarted")) {
            record(log, "later", 10);
            awaitEntries(210);
        }
        assertThat(details()).hasSize(210).doesNotHaveDuplicates();
        assertThat(query.verify()).isEmpty();
    }

    @Test
    void anEntryInATransactionIsThereIfThatCommits() throws SQLException {
        try (AuditLog log = open("node")) {
            record(log, "first", 1);
            awaitEntries(1);
            append(log, "second");
            assertThatThrownBy(() -> Transaction.run(database, connection -> {
                        log.append(connection, event("never"));
                        throw new SQLException("Refused");
                    }))
                    .hasMessage("Refused");
            append(log, "third");
        }
        assertThat(details()).containsExactly("first 0", "second", "third");
        assertThat(query.verify()).isEmpty();
    }

    @Test
    void aChangedPolicyIsInTheLogWhileBothNodesWrite() throws Exception {
        Path data = folder.resolve("node");
        AuditContext context = context(database, data);
        try (AuditLog log = new AuditLog(context, IMPATIENT);
                AuditLog other = open("other")) {
            PolicyStore store =
                    new PolicyStore(database, data, new PolicyJournal(log), context.health(), AuditFixtures.CLOCK);
            RuleId rule = new RuleId("moderation.listed-phrase");
            for (int i = 0; i < 10; i++) {
                record(log, "first" + i, 20);
                record(other, "other" + i, 20);
                store.change(rule, i == 0 ? Mode.OBSERVE : Mode.ENFORCE, "{\"i\":" + i / 2 + "}", "admin");
            }
            awaitEntries(410);
        }
        assertThat(query.verify()).isEmpty();
        List<AuditEvent> changes = inOrder().stream()
                .map(AuditEntry::event)
                .filter(e -> e.action().equals("policy-changed"))
                .toList();
        assertThat(changes).extracting(AuditEvent::ruleVersion).containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        assertThat(changes.get(0).detail())
                .isEqualTo("version 1, mode observe, body changed, SHA-256 " + sha256("{\"i\":0}") + ": i added 0");
        assertThat(changes.get(1).detail())
                .isEqualTo("version 2, mode observe to enforce, body unchanged, SHA-256 " + sha256("{\"i\":0}"));
        assertThat(changes.get(2).detail()).startsWith("version 3, mode enforce, body changed");
        assertThat(changes.get(2)).extracting(AuditEvent::actor).isEqualTo("admin");
    }

    @Test
    void pagesFromTheNewestToTheOldest() throws SQLException {
        write(25);
        assertThat(query.latest(10))
                .extracting(AuditEntry::sequence)
                .startsWith(25L)
                .hasSize(10);
        assertThat(query.before(6, 10)).extracting(AuditEntry::sequence).containsExactly(5L, 4L, 3L, 2L, 1L);
        assertThat(query.head().sequence()).isEqualTo(25);
    }

    @Test
    void findsWhateverIsDoneToTheTable() throws SQLException {
        write(20);
        assertThat(query.verify()).isEmpty();
        assertFound("UPDATE ofBastionAudit SET ruleMode = 'OBSERVE' WHERE entryNumber = 7", 7, "was changed");
        restart();
        assertFound("UPDATE ofBastionAudit SET ruleMode = 'whatever' WHERE entryNumber = 7", 7, "was changed");
        restart();
        assertFound("UPDATE ofBastionAudit SET happenedAt = happenedAt + 1 WHERE entryNumber = 20", 20, "was changed");
        restart();
        assertFound("UPDATE ofBastionAudit SET ruleId = NULL WHERE entryNumber = 2", 2, "was changed");
        restart();
        assertFound("DELETE FROM ofBastionAudit WHERE entryNumber = 1", 1, "is missing");
        restart();
        assertFound("DELETE FROM ofBastionAudit WHERE entryNumber = 12", 12, "is missing");
        restart();
        assertFound("DELETE FROM ofBastionAudit WHERE entryNumber > 18", 19, "is missing: the log ends after entry 18");
        restart();
        assertFound("UPDATE ofBastionAuditHead SET entryNumber = 19", 19, "is not the entry the log ended with");
    }

    @Test
    void findsMovedAndInsertedRows() throws SQLException {
        write(20);
        database.run("UPDATE ofBastionAudit SET entryNumber = 100 WHERE entryNumber = 5");
        database.run("UPDATE ofBastionAudit SET entryNumber = 5 WHERE entryNumber = 6");
        assertFound(
                "UPDATE ofBastionAudit SET entryNumber = 6 WHERE entryNumber = 100",
                5,
                "not the one that was written after");
        restart();
        String copy = "INSERT INTO ofBastionAudit SELECT %d, '%s', happenedAt, guard, actor, action, subject, ruleId,"
                + " ruleVersion, ruleMode, detail, previousHash, entryHash FROM ofBastionAudit WHERE entryNumber = 20";
        assertFound(String.format(copy, 21, "an-id-of-their-own"), 21, "was inserted");
        restart();
        assertFound(String.format(copy, 0, "an-id-of-their-own"), 0, "comes a second time");
    }

    /** A tampered row is shown as such; the page it is on still opens. */
    @Test
    void showsARowThatCannotBeReadInItsPlace() throws SQLException {
        write(3);
        database.run("UPDATE ofBastionAudit SET guard = 'NOT A GUARD' WHERE entryNumber = 2");
        assertThat(query.latest(10))
                .extracting(e -> e.event().action())
                .containsExactly("message-refused", "entry-unreadable", "message-refused");
    }

    private void assertFound(String tampering, long sequence, String reason) throws SQLException {
        assertThat(database.run(tampering)).isPositive();
        assertThat(query.verify()).hasValueSatisfying(flaw -> {
            assertThat(flaw.sequence()).as(tampering).isEqualTo(sequence);
            assertThat(flaw.reason()).contains(reason);
        });
    }

    private void restart() throws SQLException {
        freshDatabase();
        write(20);
    }

    private void write(int count) throws SQLException {
        List<PendingEntry> entries = numbered("entry", count).stream()
                .map(detail -> PendingEntry.of(event(detail)))
                .toList();
        AuditTable table = new AuditTable(new TextColumns(database.dialect()));
        Transaction.run(database, connection -> {
            table.append(connection, table.lockHead(connection), entries);
            return null;
        });
    }

    private AuditLog open(String node) {
        return new AuditLog(context(database, folder.resolve(node)), IMPATIENT);
    }

    private void append(AuditLog log, String detail) throws SQLException {
        Transaction.run(database, connection -> {
            log.append(connection, event(detail));
            return null;
        });
    }

    private static void record(AuditLog log, String name, int count) {
        numbered(name, count).forEach(detail -> log.record(event(detail)));
    }

    private static List<String> numbered(String name, int count) {
        return IntStream.range(0, count).mapToObj(i -> name + " " + i).toList();
    }

    private void awaitEntries(long count) {
        await().atMost(PATIENCE).ignoreExceptions().until(() -> query.head().sequence() >= count);
    }

    private List<AuditEntry> inOrder() throws SQLException {
        List<AuditEntry> entries = new ArrayList<>();
        long before = Long.MAX_VALUE;
        for (List<AuditEntry> page = query.before(before, 500); !page.isEmpty(); page = query.before(before, 500)) {
            entries.addAll(page);
            before = page.get(page.size() - 1).sequence();
        }
        Collections.reverse(entries);
        return entries;
    }

    private List<String> details() throws SQLException {
        return inOrder().stream().map(entry -> entry.event().detail()).toList();
    }

    private static String sha256(String text) throws NoSuchAlgorithmException {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
    }

    private void copySpool(String from, String to) throws IOException {
        Files.createDirectories(folder.resolve(to));
        Files.copy(spool(from), spool(to));
    }

    private int spooled(String node) throws IOException {
        Path copy = folder.resolve("look");
        Files.deleteIfExists(copy);
        if (!Files.exists(spool(node))) {
            return 0;
        }
        Files.copy(spool(node), copy);
        try (AuditSpool look = new AuditSpool(copy, Long.MAX_VALUE)) {
            return look.read(Integer.MAX_VALUE).payloads().size();
        }
    }

    private Path spool(String node) {
        return folder.resolve(node).resolve(AuditLog.SPOOL);
    }
}
