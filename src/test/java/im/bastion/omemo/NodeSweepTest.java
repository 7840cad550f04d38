// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.bastion.audit.AuditEvent;
import im.bastion.host.Pep;
import im.bastion.host.PepNodes;
import im.bastion.host.memory.MemoryHost;
import im.bastion.metric.Counters;
import im.bastion.metric.Health;
import im.bastion.policy.Mode;
import im.bastion.settings.Settings;
import im.bastion.store.MemoryRecords;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.dom4j.DocumentHelper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xmpp.packet.JID;

class NodeSweepTest {
    private static final String LIST = "eu.siacs.conversations.axolotl.devicelist";
    private static final String SECRET = "urn:xmpp:openpgp:0:secret-key";
    private static final int PAYLOAD = 10_485_760;

    private final MemoryHost host = new MemoryHost();
    private final Settings settings = new Settings(host.properties());
    private final MemoryRecords records = new MemoryRecords();
    private final List<AuditEvent> audit = new CopyOnWriteArrayList<>();
    private final Counters counters = new Counters();
    private OmemoFeature feature = feature();

    @AfterEach
    void stop() {
        feature.close();
        settings.close();
        host.close();
    }

    @ParameterizedTest
    @CsvSource({
        // As Openfire 4.2 made them, and 5.1.
        "eu.siacs.conversations.axolotl.devicelist, presence, false, 1, 5120, open, 1, 10485760",
        "eu.siacs.conversations.axolotl.bundles:7, presence, true, 1, 10485760, open, 1, 10485760",
        "urn:xmpp:omemo:2:bundles, open, true, 1, 10485760, open, 256, 10485760",
        "urn:xmpp:omemo:2:bundles, open, false, 1, 5120, open, 256, 10485760",
        "urn:xmpp:omemo:2:bundles, open, true, 700, 5120, open, 700, 10485760",
        "urn:xmpp:omemo:2:devices, presence, true, 3, 100000, open, 3, 100000",
        "urn:xmpp:openpgp:0:public-keys, presence, false, 1, 0, open, 1, 10485760",
        "urn:xmpp:openpgp:0:secret-key, open, true, 1, 100000, whitelist, 1, 100000",
        // Closed by its owner: kept closed, but kept.
        "urn:xmpp:omemo:2:bundles, whitelist, false, 1, 5120, whitelist, 256, 10485760"
    })
    void aWrongNodeBecomesWhatClientsNeed(
            String id, String access, boolean persistent, int max, int payload, String then, int thenMax, int bytes) {
        store("romeo", id, access, persistent, max, payload);

        SweepProgress end = sweep(false);

        assertThat(host.pepNodes().row("romeo@home.example", id))
                .isEqualTo(new PepNodes.Row("romeo@home.example", new Pep.Node(id, then, true, thenMax), bytes));
        assertThat(end.changed()).isEqualTo(1);
        assertThat(feature.sweep().results(end.id(), 0))
                .containsExactly(new SweptNode(
                        "romeo@home.example",
                        new Pep.Node(id, access, persistent, max),
                        payload,
                        SweptNode.Outcome.CHANGED));
    }

    @ParameterizedTest
    @CsvSource({
        "eu.siacs.conversations.axolotl.devicelist, open, 1",
        "urn:xmpp:omemo:2:bundles, open, 256",
        "urn:xmpp:omemo:2:bundles, open, 1000",
        "urn:xmpp:openpgp:0:secret-key, whitelist, 1",
        "urn:xmpp:omemo:3:future, presence, 1",
        "http://jabber.org/protocol/nick, presence, 1"
    })
    void aNodeThatIsRightOrNobodysBusinessStaysAsItIs(String id, String access, int max) {
        store("romeo", id, access, true, max, PAYLOAD);
        PepNodes.Row before = host.pepNodes().row("romeo@home.example", id);

        SweepProgress end = sweep(false);

        assertThat(host.pepNodes().row("romeo@home.example", id)).isEqualTo(before);
        assertThat(end.changed() + end.left() + end.failed()).isZero();
        assertThat(end.pages()).isZero();
    }

    @Test
    void aNodeThatItsOwnerClosedIsLeftAndNamed() {
        store("romeo", LIST, "whitelist", true, 1, PAYLOAD);

        SweepProgress end = sweep(false);

        assertThat(end.left()).isEqualTo(1);
        assertThat(feature.sweep().results(end.id(), 0))
                .extracting(SweptNode::outcome)
                .containsExactly(SweptNode.Outcome.LEFT);
    }

    @Test
    void aDryRunSaysWhatItWouldDoAndDoesNothing() {
        store("romeo", LIST, "presence", false, 1, 5_120);
        store("juliet", SECRET, "open", true, 1, PAYLOAD);
        PepNodes.Row before = host.pepNodes().row("romeo@home.example", LIST);

        SweepProgress end = sweep(true);

        assertThat(host.pepNodes().row("romeo@home.example", LIST)).isEqualTo(before);
        assertThat(end.dryRun()).isTrue();
        assertThat(end.changed()).isEqualTo(2);
        assertThat(feature.sweep().results(end.id(), 0)).hasSize(2);
        assertThat(audit).extracting(AuditEvent::mode).containsOnly(Mode.OBSERVE);
        assertThat(audit)
                .extracting(AuditEvent::action)
                .containsExactly("sweep-started", "nodes-repaired", "sweep-finished");
        assertThat(audit.get(0).actor()).isEqualTo("desk");
    }

    @Test
    void anAccountInMemoryIsRepairedThereAndWhatOnlyMemoryHoldsIsWritten() {
        Pep.Node wrong = new Pep.Node(LIST, "presence", false, 1);
        JID romeo = new JID("romeo@home.example");
        store("romeo", LIST, "presence", false, 1, 5_120);
        host.pepNodes().load("romeo@home.example", wrong);
        host.pep().publish(romeo, LIST, "current", DocumentHelper.createElement("list"));

        SweepProgress end = sweep(false);

        assertThat(end.changed()).isEqualTo(1);
        assertThat(host.pep().node(romeo, LIST)).isEqualTo(new Pep.Node(LIST, "open", true, 1));
        assertThat(host.pep().persisted()).containsExactly(LIST + " current");
    }

    @Test
    void whatItsOwnerHasChangedInMemoryMeanwhileIsHisToSay() {
        JID romeo = new JID("romeo@home.example");
        store("romeo", LIST, "presence", true, 1, PAYLOAD);
        host.pepNodes().load("romeo@home.example", new Pep.Node(LIST, "whitelist", true, 1));

        sweep(false);

        assertThat(host.pep().node(romeo, LIST).accessModel()).isEqualTo("whitelist");
    }

    @Test
    void aNodeThatCannotBeRepairedIsCountedAndTheSweepGoesOn() {
        store("a", LIST, "presence", false, 1, 5_120);
        store("b", LIST, "presence", false, 1, 5_120);
        // In memory, but gone there.
        host.pepNodes().load("a@home.example", new Pep.Node("urn:other", "open", true, 1));

        SweepProgress end = sweep(false);

        assertThat(end.failed()).isEqualTo(1);
        assertThat(end.changed()).isEqualTo(1);
        assertThat(end.done()).isEqualTo(2);
    }

    @Test
    void thousandsOfNodesComeInPagesThatCanBeTurned() {
        for (int i = 0; i < 2_300; i++) {
            store("user%04d".formatted(i), LIST, "presence", false, 1, 5_120);
        }

        SweepProgress end = sweep(false);

        assertThat(end.total()).isEqualTo(2_300);
        assertThat(end.done()).isEqualTo(2_300);
        assertThat(end.changed()).isEqualTo(2_300);
        List<SweptNode> all = new ArrayList<>();
        for (int page = 0; page < end.pages(); page++) {
            all.addAll(feature.sweep().results(end.id(), page));
        }
        assertThat(all).hasSize(2_300).doesNotHaveDuplicates();
        assertThat(feature.sweep().results(end.id(), end.pages())).isEmpty();
        assertThat(counters.snapshot()).containsEntry("omemo.nodes-swept", 2_300L);
    }

    @Test
    void aSweepThatWasInterruptedGoesOnWhereItWas() throws Exception {
        for (int i = 0; i < 1_200; i++) {
            store("user%04d".formatted(i), LIST, "presence", false, 1, 5_120);
        }
        AtomicInteger pages = new AtomicInteger();
        CountDownLatch second = new CountDownLatch(1);
        host.pepNodes().beforePage(() -> {
            if (pages.incrementAndGet() == 2) {
                host.pepNodes().away(true);
                second.countDown();
            }
        });
        feature.sweep().start(false, "desk");
        assertThat(second.await(10, TimeUnit.SECONDS)).isTrue();
        feature.close();
        assertThat(feature.sweep().progress().done()).isEqualTo(500);
        host.pepNodes().away(false);

        feature = feature();

        SweepProgress end = awaitEnd();
        assertThat(end.by()).isEqualTo("desk");
        assertThat(end.done()).isEqualTo(1_200);
        assertThat(end.changed()).isEqualTo(1_200);
        feature.close();
        feature = feature();
        assertThat(feature.sweep().progress()).isEqualTo(end);
    }

    @Test
    void aDatabaseThatIsAwayIsNamedAndCancellingDoesNotWaitForIt() {
        store("romeo", LIST, "presence", false, 1, 5_120);
        host.pepNodes().away(true);
        feature.sweep().start(false, "desk");
        await().until(() -> feature.sweep().progress().problem().contains("away"));

        feature.sweep().cancel("desk");

        assertThat(awaitEnd().state()).isEqualTo(SweepProgress.State.CANCELLED);
        assertThat(audit).extracting(AuditEvent::action).containsExactly("sweep-started", "sweep-cancelled");
    }

    @Test
    void thereIsOneSweepAtATime() {
        CountDownLatch go = new CountDownLatch(1);
        host.pepNodes().beforePage(() -> waitFor(go));
        assertThat(feature.sweep().progress().state()).isEqualTo(SweepProgress.State.NONE);
        assertThat(feature.sweep().start(false, "desk")).isTrue();
        String first = feature.sweep().progress().id();

        assertThat(feature.sweep().start(true, "desk")).isFalse();
        go.countDown();
        awaitEnd();

        assertThat(feature.sweep().start(true, "desk")).isTrue();
        assertThat(awaitEnd().id()).isNotEqualTo(first);
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private SweepProgress sweep(boolean dryRun) {
        assertThat(feature.sweep().start(dryRun, "desk")).isTrue();
        SweepProgress end = awaitEnd();
        assertThat(end.state()).isEqualTo(SweepProgress.State.FINISHED);
        assertThat(end.problem()).isEmpty();
        return end;
    }

    private SweepProgress awaitEnd() {
        await().until(() -> feature.sweep().progress().endedAt() != null);
        return feature.sweep().progress();
    }

    private OmemoFeature feature() {
        Clock clock = Clock.systemUTC();
        OmemoFeature started =
                new OmemoFeature(host, settings, audit::add, counters, new Health(clock), clock, records);
        started.start();
        return started;
    }

    private void store(String user, String id, String access, boolean persistent, int maxItems, int payload) {
        host.pepNodes().store(user + "@home.example", new Pep.Node(id, access, persistent, maxItems), payload);
    }
}
