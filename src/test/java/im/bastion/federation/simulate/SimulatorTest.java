// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.simulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.bastion.federation.observe.HistoryStore;
import im.bastion.federation.observe.PeerHistory;
import im.bastion.federation.observe.PeerTraffic;
import im.bastion.federation.policy.DemandReader;
import im.bastion.federation.policy.FederationPolicy;
import im.bastion.host.ServerSession.Direction;
import im.bastion.host.memory.MemoryServerSession;
import im.bastion.metric.Health;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.MemoryRecords;
import im.bastion.store.PolicyRow;
import im.bastion.store.RecordWriter;
import im.bastion.store.Records;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

class SimulatorTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final FederationPolicy DRAFT = new FederationPolicy(
            List.of(DemandReader.read(new PolicyRow(
                    new RuleId("federation.everybody"),
                    1,
                    Mode.ENFORCE,
                    "{\"peers\":[\"*\"],\"certificate\":\"encrypted\"}",
                    "admin",
                    Instant.EPOCH))),
            Mode.ENFORCE);

    /** Records whose reading can be held up or refused. */
    private static final class Slow implements Records {
        private final MemoryRecords rows = new MemoryRecords();
        private CountDownLatch gate = new CountDownLatch(0);
        private volatile boolean down;

        @Override
        public List<Row> after(String kind, String id, int max) throws SQLException {
            if (down) {
                throw new SQLException("down");
            }
            try {
                gate.await();
            } catch (InterruptedException e) {
                throw new SQLException("interrupted", e);
            }
            return rows.after(kind, id, max);
        }

        @Override
        public Optional<Row> get(String kind, String id) {
            return rows.get(kind, id);
        }

        @Override
        public void put(List<Row> documents) {
            rows.put(documents);
        }

        @Override
        public boolean delete(String kind, String id) {
            return rows.delete(kind, id);
        }

        @Override
        public List<Row> newest(String kind, long before, int max) {
            return rows.newest(kind, before, max);
        }

        @Override
        public List<Row> newest(String kind, String scope, long before, int max) {
            return rows.newest(kind, scope, before, max);
        }

        @Override
        public long count(String kind) {
            return rows.count(kind);
        }

        @Override
        public int purge(long now, int max) {
            return rows.purge(now, max);
        }
    }

    private Instant now = Instant.parse("2026-11-24T12:00:00Z");
    private final InstantSource clock = () -> now;
    private final Slow records = new Slow();
    private final RecordWriter writer = new RecordWriter(records, new Health(Clock.systemUTC()), clock);
    private final HistoryStore store = new HistoryStore(records, writer, "0badcafe", () -> Duration.ofDays(30));
    private final PeerTraffic traffic = new PeerTraffic();
    private final PeerHistory history =
            new PeerHistory(store, traffic, "rooms.home.test"::equals, sighting -> {}, clock);
    private final Simulator simulator =
            new Simulator(() -> FederationPolicy.EMPTY, store, this::settle, "became.ours.test"::equals, clock);

    @AfterEach
    void close() {
        simulator.close();
        writer.close();
    }

    private void settle() {
        history.flush();
        try {
            assertThat(writer.flush(10_000)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void seen(String domain, String... users) {
        history.look(List.of(MemoryServerSession.plain(Direction.OUTGOING, domain)));
        for (String user : users) {
            traffic.passed(Direction.OUTGOING, domain, new Message(), new JID(user + "@home.test"));
        }
    }

    private Impact impact(int days) throws InterruptedException {
        SimulationRun run = simulator.run("draft", DRAFT, days);
        run.await(PATIENCE);
        return run.impact();
    }

    @Test
    void judgesWhatWasSeenUntilThisMomentAndCountsUsersOnce() throws Exception {
        seen("a.test", "romeo", "juliet", "romeo");
        seen("b.test", "romeo");

        Impact impact = impact(1);

        assertThat(impact.changes()).extracting(PeerImpact::domain).containsExactly("a.test", "b.test");
        assertThat(impact.changes()).extracting(PeerImpact::users).containsExactly(2L, 1L);
        assertThat(impact.changes()).extracting(PeerImpact::stanzas).containsExactly(3L, 1L);
        assertThat(impact.users()).isEqualTo(2);
    }

    @Test
    void looksBackAsFarAsItIsToldAndAtNoDomainThatIsOursNow() throws Exception {
        seen("old.test");
        settle();
        now = now.plus(Duration.ofDays(2));
        seen("new.test");
        seen("became.ours.test");

        assertThat(impact(2).changes()).extracting(PeerImpact::domain).containsExactly("new.test");
        assertThat(impact(3).changes()).extracting(PeerImpact::domain).containsExactly("new.test", "old.test");
    }

    @Test
    void theSameDraftIsNotTriedAgainWithinAMinute() throws Exception {
        SimulationRun first = simulator.run("draft", DRAFT, 30);
        first.await(PATIENCE);

        assertThat(simulator.run("draft", DRAFT, 30)).isSameAs(first);
        assertThat(simulator.run("draft", DRAFT, 29)).isNotSameAs(first);
        assertThat(simulator.run("other", DRAFT, 30)).isNotSameAs(first);
        now = now.plusSeconds(61);
        assertThat(simulator.run("draft", DRAFT, 30)).isNotSameAs(first);
    }

    @Test
    void saysHowFarItIs() throws Exception {
        seen("a.test");
        settle();
        records.gate = new CountDownLatch(1);
        SimulationRun run = simulator.run("draft", DRAFT, 30);
        assertThat(run.running()).isTrue();
        assertThat(run.impact()).isNull();
        assertThat(run.daysDone()).isZero();

        records.gate.countDown();
        run.await(PATIENCE);

        assertThat(run.daysDone()).isEqualTo(30).isEqualTo(run.days());
    }

    @Test
    void failsWhenTheDatabaseIsAwayAndCanBeTriedAgain() throws Exception {
        seen("a.test");
        records.down = true;
        SimulationRun run = simulator.run("draft", DRAFT, 30);
        run.await(PATIENCE);
        assertThat(run.failed()).isTrue();

        records.down = false;
        assertThat(impact(30).changes()).hasSize(1);
    }

    @Test
    void refusesMoreThanCanWaitAndGivesUpAtTheEnd() {
        records.gate = new CountDownLatch(1);
        SimulationRun first = simulator.run("draft", DRAFT, 30);
        SimulationRun last = first;
        for (int i = 0; i < 100 && last != null; i++) {
            last = simulator.run("draft " + i, DRAFT, 30);
        }
        assertThat(last).isNull();

        simulator.close();

        await().untilAsserted(() -> assertThat(first.failed()).isTrue());
        await().untilAsserted(() -> assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("bastion-simulation")));
    }
}
