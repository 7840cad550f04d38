// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.keylog;

import static im.bastion.audit.keylog.KeyLogFixtures.JULIET;
import static im.bastion.audit.keylog.KeyLogFixtures.PATIENCE;
import static im.bastion.audit.keylog.KeyLogFixtures.ROMEO;
import static im.bastion.audit.keylog.KeyLogFixtures.event;
import static im.bastion.audit.keylog.KeyLogFixtures.export;
import static im.bastion.audit.keylog.KeyLogFixtures.proof;
import static im.bastion.audit.keylog.KeyLogFixtures.verify;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.bastion.audit.keylog.KeyLogFixtures.Hand;
import im.bastion.audit.keylog.KeyLogFixtures.MemoryBoard;
import im.bastion.audit.keylog.KeyLogFixtures.Node;
import im.bastion.host.Database.Dialect;
import im.bastion.metric.Health.State;
import im.bastion.store.DatabaseServer;
import im.bastion.store.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the key log does on every database; run against each of the three, for real. */
abstract class KeyLogContract {
    private final DatabaseServer server;
    private final Hand clock = new Hand();
    private final MemoryBoard board = new MemoryBoard();
    private TestDatabase database;

    @TempDir
    private Path folder;

    KeyLogContract(Dialect dialect) {
        this.server = DatabaseServer.of(dialect);
    }

    @BeforeEach
    void freshDatabase() {
        database = server.freshDatabase();
    }

    private Node node(String name) {
        return new Node(database, folder.resolve(name), board, clock);
    }

    @Test
    void whatIsLoggedIsExportedProvenAndVerified() throws Exception {
        try (Node node = node("a")) {
            node.log.record(event(ROMEO, 101));
            node.log.record(event(ROMEO, 101, KeyEvent.Kind.KEYS_PUBLISHED));
            node.log.record(event(JULIET, 202));
            SignedHead early = node.awaitHead(4);
            IntStream.range(300, 900).forEach(device -> node.log.record(event(JULIET, device)));
            node.log.record(event(ROMEO, 101, KeyEvent.Kind.SIGNED_PREKEY_CHANGED));
            node.awaitHead(605);
            Path log = export(node.log, folder.resolve("log"));
            Path romeo = proof(node.log, ROMEO, early.head().size(), folder.resolve("romeo"));
            Path head = Files.writeString(folder.resolve("head"), early.toText());

            assertThat(verify(
                            log,
                            "--earlier",
                            head,
                            "--account",
                            romeo,
                            "--key",
                            node.log.status().key()))
                    .contains("the file has the 605 leaves of its head", "the log continues the head of 4 leaves")
                    .contains("all 3 events of romeo@home.example are in the log as they are told")
                    .endsWith("exit 0");
            assertThat(verify(romeo, "--earlier", head))
                    .contains("KEYS_PUBLISHED, device 101 of urn:xmpp:omemo:2, fingerprint " + "ab".repeat(32))
                    .contains("SIGNED_PREKEY_CHANGED", "signed prekey 7", "by romeo@home.example/phone")
                    .endsWith("exit 0");
            assertThat(Files.readString(log)).doesNotContain("romeo").doesNotContain("101 ");
        }
        assertThat(board.posted.get(board.posted.size() - 1).head().size()).isEqualTo(605);
    }

    @Test
    void twoNodesAtOnceKeepOneTreeAndEachNodesOrder() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try (Node first = node("a")) {
            first.awaitHead(1);
            Files.createDirectories(folder.resolve("b"));
            Files.copy(folder.resolve("a/" + KeyRing.FILE), folder.resolve("b/" + KeyRing.FILE));
            try (Node second = node("b")) {
                Future<?> one =
                        threads.submit(() -> IntStream.range(0, 700).forEach(d -> first.log.record(event(ROMEO, d))));
                Future<?> two =
                        threads.submit(() -> IntStream.range(0, 700).forEach(d -> second.log.record(event(JULIET, d))));
                one.get();
                two.get();
                first.awaitHead(1_401);
                second.awaitHead(1_401);

                assertThat(devices(first, ROMEO))
                        .isEqualTo(IntStream.range(0, 700).boxed().toList());
                assertThat(devices(second, JULIET))
                        .isEqualTo(IntStream.range(0, 700).boxed().toList());
                assertThat(verify(export(first.log, folder.resolve("log")))).endsWith("exit 0");
                assertThat(second.log.status().head().head().root())
                        .isEqualTo(first.log.status().head().head().root());
            }
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void whatIsPublishedIsLoggedOnceWhicheverNodeHearsOfIt() throws Exception {
        KeyFact one = new KeyFact.Devices(clock.instant(), ROMEO, "urn:xmpp:omemo:2", Set.of(1), ROMEO + "/a");
        KeyFact two = new KeyFact.Devices(clock.instant(), ROMEO, "urn:xmpp:omemo:2", Set.of(1, 2), ROMEO + "/b");
        try (Node first = node("a")) {
            first.log.record(one);
            first.log.record(one);
            first.awaitHead(2);
            Files.createDirectories(folder.resolve("b"));
            Files.copy(folder.resolve("a/" + KeyRing.FILE), folder.resolve("b/" + KeyRing.FILE));
            try (Node second = node("b")) {
                second.log.record(two);
                second.awaitHead(3);
            }
            first.log.record(two);
            first.log.record(event(JULIET, 9));
            first.awaitHead(4);

            assertThat(devices(first, ROMEO)).containsExactly(1, 2);
            first.log.record(new KeyFact.Erased(ROMEO));
            first.log.record(two);
            first.awaitHead(6);
            assertThat(devices(first, ROMEO)).containsExactly(1, 2);
        }
    }

    @Test
    void aNewStartGoesOnWithTheSameTreeAndKey() throws Exception {
        String key;
        try (Node node = node("a")) {
            IntStream.range(0, 300).forEach(device -> node.log.record(event(ROMEO, device)));
            node.awaitHead(301);
            key = node.log.status().key();
        }
        try (Node node = node("a")) {
            node.log.record(event(ROMEO, 1_000));
            node.awaitHead(302);

            assertThat(node.log.status().key()).isEqualTo(key);
            assertThat(node.log.status().alarm()).isEmpty();
            assertThat(verify(export(node.log, folder.resolve("log")))).endsWith("exit 0");
        }
    }

    @Test
    void anErasedAccountLeavesEveryProofValidAndNothingThatTellsOfIt() throws Exception {
        try (Node node = node("a")) {
            node.log.record(event(ROMEO, 101));
            node.log.record(event(JULIET, 202));
            SignedHead before = node.awaitHead(3);
            Path kept = proof(node.log, JULIET, 0, folder.resolve("juliet"));

            node.log.record(new KeyFact.Erased(ROMEO));
            node.log.record(event(JULIET, 203));
            node.awaitHead(4);

            assertThat(node.log.history(ROMEO)).isEmpty();
            assertThat(node.log.proof(ROMEO, 0, new StringBuilder())).isFalse();
            assertThat(database.number("SELECT COUNT(*) FROM ofBastionKeyLeaf WHERE opening IS NOT NULL"))
                    .isEqualTo(2);
            Path head = Files.writeString(folder.resolve("head"), before.toText());
            assertThat(verify(export(node.log, folder.resolve("log")), "--earlier", head))
                    .endsWith("exit 0");
            assertThat(verify(kept)).endsWith("exit 0");

            node.log.record(event(ROMEO, 101));
            node.awaitHead(5);
            assertThat(node.log.history(ROMEO)).hasSize(1);
        }
    }

    @Test
    void anAccountThatAnotherNodeErasedBeginsAnewUnderAnotherSubject() throws Exception {
        try (Node first = node("a")) {
            first.log.record(event(ROMEO, 101));
            first.awaitHead(2);
            Files.createDirectories(folder.resolve("b"));
            Files.copy(folder.resolve("a/" + KeyRing.FILE), folder.resolve("b/" + KeyRing.FILE));
            try (Node second = node("b")) {
                second.log.record(new KeyFact.Erased(ROMEO));
                await().atMost(PATIENCE).until(() -> database.number("SELECT COUNT(*) FROM ofBastionKeySalt") == 0);
            }

            first.log.record(event(ROMEO, 102));
            first.awaitHead(3);

            assertThat(devices(first, ROMEO)).containsExactly(102);
            assertThat(database.number("SELECT COUNT(DISTINCT subject) FROM ofBastionKeyLeaf WHERE subject <> 'log'"))
                    .isEqualTo(2);
        }
    }

    @Test
    void aDatabaseThatWasSetBackIsFoundOutAndNothingIsSignedUntilConfirmed() throws Exception {
        try (Node node = node("a")) {
            IntStream.range(0, 20).forEach(device -> node.log.record(event(ROMEO, device)));
            node.awaitHead(21);
        }
        setBackTo(11);
        try (Node node = node("a")) {
            await().atMost(PATIENCE).until(() -> !node.log.status().alarm().isEmpty());
            node.log.record(event(ROMEO, 500));
            await().atMost(PATIENCE).until(() -> node.log.history(ROMEO).size() == 11);

            assertThat(node.log.status().alarm()).contains("11 leaves", "a head of 21 leaves");
            assertThat(node.log.status().size()).isEqualTo(21);
            assertThat(node.health.of("omemo.key-log").state()).isEqualTo(State.FAILED);
            assertThat(node.audit).extracting("action").containsExactly("key-log-set-back");
            Path old = Files.writeString(
                    folder.resolve("head"), node.log.status().head().toText());

            assertThat(node.log.confirmRestore("admin")).isTrue();
            assertThat(node.log.confirmRestore("admin")).isFalse();
            node.log.record(event(ROMEO, 501));
            await().atMost(PATIENCE).until(() -> node.log.status().size() == 14);
            assertThat(node.audit).extracting("action").contains("key-log-restore-confirmed");
            await().atMost(PATIENCE).until(() -> node.health.of("omemo.key-log").state() == State.OK);
            Path log = export(node.log, folder.resolve("log"));
            assertThat(verify(log))
                    .contains("the head of 21 leaves", "was given up")
                    .endsWith("exit 0");
            assertThat(verify(log, "--earlier", old))
                    .contains("FAILED  the log does not continue the head of 21 leaves")
                    .endsWith("exit 1");
        }
    }

    @Test
    void aLeafChangedInTheDatabaseIsFoundOut() {
        try (Node node = node("a")) {
            IntStream.range(0, 20).forEach(device -> node.log.record(event(ROMEO, device)));
            node.awaitHead(21);
        }
        database.run("UPDATE ofBastionKeyLeaf SET entry ="
                + " (SELECT l.entry FROM (SELECT entry FROM ofBastionKeyLeaf WHERE leafIndex = 3) l)"
                + " WHERE leafIndex = 4");
        try (Node node = node("a")) {
            await().atMost(PATIENCE).until(() -> !node.log.status().alarm().isEmpty());

            assertThat(node.log.status().alarm()).contains("The first 21 leaves of the key log are not those");
        }
    }

    @Test
    void aHeadThatIsOnlyOnTheBoardAnyMoreIsEnoughToFindOut() throws Exception {
        try (Node node = node("a")) {
            IntStream.range(0, 20).forEach(device -> node.log.record(event(ROMEO, device)));
            node.awaitHead(21);
        }
        setBackTo(11);
        Files.delete(folder.resolve("a").resolve(TreeHeads.FILE));
        try (Node node = node("a")) {
            await().atMost(PATIENCE).until(() -> !node.log.status().alarm().isEmpty());
            assertThat(node.log.status().alarm()).contains("a head of 21 leaves");
        }
    }

    @Test
    void aNewKeyIsEndorsedByTheOneBeforeAndOneAfterALossIsNot() throws Exception {
        try (Node node = node("a")) {
            node.log.record(event(ROMEO, 101));
            SignedHead first = node.awaitHead(2);
            String key = node.log.status().key();
            node.log.rotateKey("admin");
            node.log.record(event(ROMEO, 102));
            node.awaitHead(4);
            Path log = export(node.log, folder.resolve("log"));
            Path head = Files.writeString(folder.resolve("head"), first.toText());

            assertThat(node.log.status().key()).isNotEqualTo(key);
            assertThat(verify(log, "--earlier", head, "--key", key))
                    .contains("leaf 2: the new key", "is endorsed by the one before")
                    .endsWith("exit 0");
            assertThat(verify(log, "--key", node.log.status().key()))
                    .contains("FAILED  the log begins with another key")
                    .endsWith("exit 1");
            assertThat(verify(proof(node.log, ROMEO, 0, folder.resolve("romeo")), "--key", key))
                    .endsWith("exit 0");
            assertThat(node.audit).extracting("action").contains("key-log-signer-changed");
        }
        Files.delete(folder.resolve("a").resolve(KeyRing.FILE));
        try (Node node = node("a")) {
            node.log.record(event(ROMEO, 103));
            await().atMost(PATIENCE).until(() -> node.health.of("omemo.key-log") != null);
            assertThat(node.health.of("omemo.key-log").message()).contains("Bring back the file");

            node.log.rotateKey("admin");
            node.awaitHead(6);
            assertThat(verify(export(node.log, folder.resolve("log"))))
                    .contains("FAILED", "is not endorsed by the one before")
                    .endsWith("exit 1");
        }
    }

    @Test
    void eventsWaitWhileTheDatabaseIsAwayAndNoneIsDoubled() throws Exception {
        try (Node node = node("a")) {
            node.log.record(event(ROMEO, 0));
            node.awaitHead(2);
            database.stop();
            IntStream.range(1, 300).forEach(device -> node.log.record(event(ROMEO, device)));
            await().atMost(PATIENCE).until(() -> node.health.of("omemo.key-log").state() == State.DEGRADED);
            database.start();
            node.awaitHead(301);

            assertThat(devices(node, ROMEO))
                    .isEqualTo(IntStream.range(0, 300).boxed().toList());
            assertThat(verify(export(node.log, folder.resolve("log")))).endsWith("exit 0");
        }
    }

    @Test
    void aClockThatGoesBackNeitherStopsTheLogNorItsHeads() throws Exception {
        try (Node node = node("a")) {
            node.log.record(event(ROMEO, 900_000));
            SignedHead first = node.awaitHead(2);
            clock.now = clock.now.minus(Duration.ofDays(2));
            node.log.record(event(ROMEO, 1));
            SignedHead second = node.awaitHead(3);

            assertThat(second.head().at()).isAfter(first.head().at());
            assertThat(verify(export(node.log, folder.resolve("log"))))
                    .contains("the server's clock went back")
                    .endsWith("exit 0");
        }
    }

    @Test
    void aHeadThatCannotBeWrittenIsReportedAndWrittenLater() throws Exception {
        Path blocked = folder.resolve("a").resolve(TreeHeads.FILE + ".next");
        try (Node node = node("a")) {
            node.awaitHead(1);
            Files.createDirectories(blocked.resolve("in the way"));
            node.log.record(event(ROMEO, 101));
            await().atMost(PATIENCE).until(() -> node.health.of("omemo.key-log").state() == State.DEGRADED);
            assertThat(node.log.status().size()).isEqualTo(1);

            Files.delete(blocked.resolve("in the way"));
            node.awaitHead(2);
            await().atMost(PATIENCE).until(() -> node.health.of("omemo.key-log").state() == State.OK);
        }
    }

    private void setBackTo(long leaves) {
        database.run("DELETE FROM ofBastionKeyLeaf WHERE leafIndex >= " + leaves);
        database.run("UPDATE ofBastionKeySize SET leaves = " + leaves);
    }

    private static List<Integer> devices(Node node, String account) throws Exception {
        return node.log.history(account).stream()
                .map(entry -> entry.opening().device())
                .toList();
    }
}
