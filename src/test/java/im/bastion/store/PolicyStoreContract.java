// SPDX-License-Identifier: Apache-2.0
package im.bastion.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.bastion.host.Database.Dialect;
import im.bastion.metric.Health;
import im.bastion.metric.Health.State;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the policies do on every database; run against each of the three, for real. */
abstract class PolicyStoreContract {
    private static final RuleId PHRASE = new RuleId("moderation.listed-phrase");
    private static final RuleId FLOOD = new RuleId("moderation.flood");
    private static final RuleId TLS = new RuleId("federation.tls-and-certificate");
    private static final Clock CLOCK = Clock.fixed(Instant.parse("2026-03-01T12:00:00Z"), ZoneOffset.UTC);

    private final DatabaseServer server;
    private final Health health = new Health(CLOCK);
    private TestDatabase database;

    @TempDir
    private Path folder;

    PolicyStoreContract(Dialect dialect) {
        this.server = DatabaseServer.of(dialect);
    }

    @BeforeEach
    void freshDatabase() {
        database = server.freshDatabase();
    }

    @Test
    void keepsEveryVersionAndPutsTheNewestInForce() throws SQLException {
        PolicyStore store = open("node");
        assertThat(store.of("moderation")).isEmpty();
        PolicyRow first = store.change(PHRASE, Mode.OBSERVE, "{\"phrases\":[\"spam\"]}", "admin");
        assertThat(first)
                .isEqualTo(
                        new PolicyRow(PHRASE, 1, Mode.OBSERVE, "{\"phrases\":[\"spam\"]}", "admin", CLOCK.instant()));
        PolicyRow second = store.change(PHRASE, Mode.ENFORCE, "{\"phrases\":[\"дешёвые 😀\"]}", "other");
        PolicyRow flood = store.change(FLOOD, Mode.OFF, "{}", "admin");
        PolicyRow tls = store.change(TLS, Mode.ENFORCE, "{}", "admin");
        assertThat(second.version()).isEqualTo(2);
        assertThat(store.of("moderation")).containsExactly(flood, second);
        assertThat(store.of("federation")).containsExactly(tls);
        assertThat(database.number("SELECT COUNT(*) FROM ofBastionPolicy WHERE ruleId = '" + PHRASE + "'"))
                .isEqualTo(2);
        assertThat(open("restarted").of("moderation")).containsExactly(flood, second);
        assertThat(health.of("policies").state()).isEqualTo(State.OK);
    }

    @Test
    void severalRulesChangeTogetherOrNotAtAll() throws SQLException {
        PolicyStore store = open("node");
        PolicyRow phrase = store.change(PHRASE, Mode.OBSERVE, "{}", "admin");
        List<String> told = new ArrayList<>();
        store.onChange(told::add);

        assertThatThrownBy(() -> store.changeAll(
                        List.of(
                                new PolicyChange(TLS, 0, Mode.ENFORCE, "{}"),
                                new PolicyChange(PHRASE, 7, Mode.ENFORCE, "{}")),
                        "admin"))
                .isInstanceOf(PolicyMovedException.class)
                .hasMessageContaining("version 1 is the newest");
        assertThat(store.of("federation")).isEmpty();
        assertThat(told).isEmpty();
        assertThat(open("looking").of("moderation")).containsExactly(phrase);

        List<PolicyRow> changed = store.changeAll(
                List.of(new PolicyChange(TLS, 0, Mode.ENFORCE, "{}"), new PolicyChange(PHRASE, 1, Mode.OFF, "{}")),
                "admin");

        assertThat(changed).extracting(PolicyRow::version).containsExactly(1, 2);
        assertThat(told).containsExactly("federation", "moderation");
        assertThat(open("restarted").of("moderation")).containsExactly(changed.get(1));
        assertThat(store.changeAll(List.of(), "admin")).isEmpty();
    }

    @Test
    void takesTheLargestBodyAndNoLargerOne() throws SQLException {
        PolicyStore store = open("node");
        String largest = "{\"a\":\"" + "x".repeat(PolicyBody.MAX_BYTES - 8) + "\"}";
        store.change(PHRASE, Mode.OFF, largest, "admin");
        assertThat(open("restarted").of("moderation"))
                .extracting(PolicyRow::body)
                .containsExactly(largest);
        assertThatThrownBy(() -> store.change(PHRASE, Mode.OFF, largest.replace("x\"", "xx\""), "admin"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("must be at most 65536 bytes, is 65537");
        assertThat(store.of("moderation")).extracting(PolicyRow::version).containsExactly(1);
    }

    @Test
    void aJournalThatFailsUndoesTheChange() {
        PolicyStore store = new PolicyStore(
                database, folder, new LockOnly(() -> new SQLException("The journal is full")), health, CLOCK);
        assertThatThrownBy(() -> store.change(PHRASE, Mode.ENFORCE, "{}", "admin"))
                .hasMessage("The journal is full");
        assertThat(store.of("moderation")).isEmpty();
        assertThat(database.number("SELECT COUNT(*) FROM ofBastionPolicy")).isZero();
    }

    @Test
    void tellsAboutChangesHereAndOnOtherNodes() throws SQLException {
        PolicyStore here = open("here");
        PolicyStore there = open("there");
        List<String> heard = new ArrayList<>();
        there.onChange(heard::add);
        here.change(PHRASE, Mode.ENFORCE, "{}", "admin");
        here.change(TLS, Mode.ENFORCE, "{}", "admin");
        there.refresh();
        assertThat(heard).containsExactlyInAnyOrder("moderation", "federation");
        assertThat(there.of("moderation")).isEqualTo(here.of("moderation"));
        there.refresh();
        assertThat(heard).hasSize(2);
        there.change(TLS, Mode.OFF, "{}", "admin");
        there.refresh();
        assertThat(heard).hasSize(3).endsWith("federation");
    }

    @Test
    void aListenerThatFailsKeepsNobodyElseFromHearing() throws SQLException {
        PolicyStore store = open("node");
        List<String> heard = new ArrayList<>();
        store.onChange(guard -> {
            throw new IllegalStateException("Not now");
        });
        var second = store.onChange(heard::add);
        store.change(PHRASE, Mode.ENFORCE, "{}", "admin");
        second.close();
        store.change(PHRASE, Mode.OFF, "{}", "admin");
        assertThat(heard).containsExactly("moderation");
    }

    @Test
    void twoNodesThatChangeARuleAtOnceBothMakeAVersionOfTheirOwn() throws Exception {
        PolicyStore first = open("first");
        PolicyStore second = open("second");
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Callable<List<Integer>>> work = List.of(() -> changes(first, 20), () -> changes(second, 20));
            List<Integer> versions = new ArrayList<>();
            for (Future<List<Integer>> done : threads.invokeAll(work)) {
                versions.addAll(done.get());
            }
            assertThat(versions)
                    .containsExactlyInAnyOrderElementsOf(
                            IntStream.rangeClosed(1, 40).boxed().toList());
        } finally {
            threads.shutdown();
        }
        first.refresh();
        second.refresh();
        assertThat(first.of("moderation")).isEqualTo(second.of("moderation")).hasSize(1);
    }

    @Test
    void aBrokenRowIsNamedAndTheLastGoodVersionStaysInForce() throws SQLException {
        PolicyStore store = open("node");
        store.change(PHRASE, Mode.OBSERVE, "{\"old\":1}", "admin");
        PolicyRow good = store.change(PHRASE, Mode.ENFORCE, "{\"good\":1}", "admin");
        insert(PHRASE.value(), 3, "ENFORCE", "{\"half\":");
        insert("moderation.flood", 1, "ENFROCE", "{}");
        store.refresh();
        assertThat(store.of("moderation")).containsExactly(good);
        assertThat(store.broken()).extracting(BrokenPolicy::field).containsExactly("ruleMode", "body");
        assertThat(health.of("policies").state()).isEqualTo(State.DEGRADED);
        assertThat(health.of("policies").message())
                .contains("Rule moderation.flood, version 1: ruleMode must be OFF, OBSERVE or ENFORCE")
                .contains("the rule is not in force")
                .contains("Rule moderation.listed-phrase, version 3: body must be one JSON object")
                .contains("version 2 stays in force");
        assertThat(open("without a file").of("moderation")).containsExactly(good);
        PolicyRow mended = store.change(PHRASE, Mode.ENFORCE, "{\"mended\":1}", "admin");
        assertThat(mended.version()).isEqualTo(4);
        store.change(FLOOD, Mode.OFF, "{}", "admin");
        assertThat(store.broken()).isEmpty();
        assertThat(health.of("policies").state()).isEqualTo(State.OK);
    }

    @Test
    void aRowEditedByHandIsReadOnReload() throws SQLException {
        PolicyStore store = open("node");
        PolicyRow good = store.change(PHRASE, Mode.ENFORCE, "{}", "admin");
        database.run("UPDATE ofBastionPolicy SET ruleMode = 'OFF'");
        store.reload();
        assertThat(store.of("moderation")).extracting(PolicyRow::mode).containsExactly(Mode.OFF);
        database.run("UPDATE ofBastionPolicy SET ruleMode = 'off'");
        store.reload();
        assertThat(store.of("moderation")).extracting(PolicyRow::mode).containsExactly(Mode.OFF);
        assertThat(store.broken()).hasSize(1);
        database.run("UPDATE ofBastionPolicy SET ruleMode = 'ENFORCE'");
        store.reload();
        assertThat(store.of("moderation")).containsExactly(good);
    }

    @Test
    void aStartWithoutTheDatabaseUsesThePoliciesLastKnown() throws SQLException, IOException {
        PolicyRow known = open("node").change(PHRASE, Mode.ENFORCE, "{\"phrases\":[\"spam 😀\"]}", "admin");
        database.stop();
        PolicyStore restarted = open("node");
        assertThat(restarted.of("moderation")).containsExactly(known);
        assertThat(health.of("policies").state()).isEqualTo(State.DEGRADED);
        assertThat(health.of("policies").message()).contains("the 1 last known, from a file, are in force");
        assertThatThrownBy(() -> restarted.change(PHRASE, Mode.OFF, "{}", "admin"))
                .isInstanceOf(SQLException.class);
        assertThat(restarted.of("moderation")).containsExactly(known);
        database.start();
        restarted.refresh();
        assertThat(health.of("policies").state()).isEqualTo(State.OK);
        assertThat(restarted.change(PHRASE, Mode.OFF, "{}", "admin").version()).isEqualTo(2);
    }

    @Test
    void aSpoiltFileIsNoObstacleWhenTheDatabaseAnswers() throws SQLException, IOException {
        PolicyRow known = open("node").change(PHRASE, Mode.ENFORCE, "{}", "admin");
        Files.writeString(folder.resolve("node").resolve(PolicySnapshot.FILE_NAME), "[{\"rule\":");
        assertThat(open("node").of("moderation")).containsExactly(known);
        assertThat(Files.readString(folder.resolve("node").resolve(PolicySnapshot.FILE_NAME)))
                .contains("moderation.listed-phrase");
    }

    private static List<Integer> changes(PolicyStore store, int count) throws SQLException {
        List<Integer> versions = new ArrayList<>();
        while (versions.size() < count) {
            versions.add(store.change(PHRASE, Mode.OBSERVE, "{}", "admin").version());
        }
        return versions;
    }

    private void insert(String rule, int version, String mode, String body) {
        database.run(String.format(
                "INSERT INTO ofBastionPolicy (ruleId, ruleVersion, ruleMode, body, author, changedAt)"
                        + " VALUES ('%s', %d, '%s', '%s', 'hand', 0)",
                rule, version, mode, body));
    }

    private PolicyStore open(String node) {
        return new PolicyStore(database, folder.resolve(node), new LockOnly(() -> null), health, CLOCK);
    }

    /** A journal that keeps nothing. */
    private record LockOnly(Supplier<SQLException> failure) implements ChangeJournal {
        @Override
        public void lock(Connection connection) throws SQLException {
            try (Statement statement = connection.createStatement()) {
                statement.executeUpdate("UPDATE ofBastionAuditHead SET locked = locked + 1");
            }
        }

        @Override
        public void append(Connection connection, PolicyRow before, PolicyRow after) throws SQLException {
            if (failure.get() != null) {
                throw failure.get();
            }
        }
    }
}
