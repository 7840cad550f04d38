// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import im.bastion.certificate.TestCertificate;
import im.bastion.certificate.TestKeys;
import im.bastion.federation.tls.CertificateSummary;
import im.bastion.host.ServerSession;
import im.bastion.host.ServerSession.Direction;
import im.bastion.host.memory.MemoryServerSession;
import im.bastion.metric.Health;
import im.bastion.store.MemoryRecords;
import im.bastion.store.RecordWriter;
import im.bastion.store.Records.Row;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

class PeerHistoryTest {
    private static final List<X509Certificate> CHAIN = TestCertificate.of("peer.test")
            .dns("peer.test")
            .selfSigned(TestKeys.make())
            .chain();
    private static final ServerSession SESSION = MemoryServerSession.trusted(Direction.OUTGOING, "peer.test", CHAIN);
    private static final Duration RETENTION = Duration.ofDays(30);

    private final MemoryRecords records = new MemoryRecords();
    private Instant now = Instant.parse("2026-11-24T12:00:00Z");
    private final InstantSource clock = () -> now;
    private final RecordWriter writer = new RecordWriter(records, new Health(Clock.systemUTC()), clock);
    private final HistoryStore store = new HistoryStore(records, writer, "0badcafe", () -> RETENTION);
    private final PeerTraffic traffic = new PeerTraffic();
    private final List<Sighting> begun = new ArrayList<>();
    private final PeerHistory history = history(store);

    private PeerHistory history(HistoryStore kept) {
        return new PeerHistory(kept, traffic, "rooms.home.test"::equals, begun::add, clock);
    }

    @AfterEach
    void close() {
        writer.close();
    }

    private void written() throws InterruptedException {
        history.flush();
        assertThat(writer.flush(10_000)).isTrue();
    }

    private PeerDay onlyDay(String domain) throws Exception {
        List<PeerDay> days = store.days(domain);
        assertThat(days).hasSize(1);
        return days.get(0);
    }

    @Test
    void aSessionCountsOnceHoweverOftenItIsLookedAt() throws Exception {
        for (int i = 0; i < 5; i++) {
            history.look(List.of(SESSION));
            now = now.plusSeconds(5);
        }
        written();

        PeerDay day = onlyDay("peer.test");
        assertThat(day.sessions()).isEqualTo(1);
        assertThat(begun).hasSize(1);
        Shape shape = day.shapes().get(0);
        assertThat(shape.facts().protocol()).isEqualTo("TLSv1.3");
        assertThat(Duration.between(shape.first(), shape.last())).isEqualTo(Duration.ofSeconds(20));
        assertThat(store.chain(shape.certificate())).containsExactly(CertificateSummary.of(CHAIN.get(0)));
        assertThat(history.peer("peer.test").outgoing().sessions()).isEqualTo(1);
    }

    @Test
    void aSessionThatIsOverBeforeItIsLookedAtIsNotLost() throws Exception {
        history.sighted(Sighting.read(SESSION, "peer.test"));
        history.look(List.of());
        written();

        assertThat(onlyDay("peer.test").sessions()).isEqualTo(1);
    }

    @Test
    void eachDomainOfASharedSessionHasItsOwnHistory() throws Exception {
        MemoryServerSession plain = MemoryServerSession.plain(Direction.INCOMING, "a.test");
        history.look(List.of(SESSION, plain));
        written();

        assertThat(onlyDay("a.test").shapes().get(0).facts().encrypted()).isFalse();
        assertThat(onlyDay("peer.test").shapes().get(0).facts().encrypted()).isTrue();
    }

    @Test
    void ownDomainsAreNoPeers() {
        history.look(List.of(MemoryServerSession.plain(Direction.OUTGOING, "rooms.home.test")));

        assertThat(history.peers()).isEmpty();
    }

    @Test
    void countsSurviveARestartOnTheSameDay() throws Exception {
        history.look(List.of(SESSION));
        traffic.passed(Direction.OUTGOING, "peer.test", new Message(), new JID("romeo@home.test"));
        written();

        PeerHistory restarted = history(store);
        assertThat(restarted.load()).isTrue();
        assertThat(restarted.peer("peer.test").firstSeen()).isEqualTo(Instant.parse("2026-11-24T12:00:00Z"));
        now = now.plusSeconds(60);
        restarted.look(List.of(SESSION));
        traffic.passed(Direction.OUTGOING, "peer.test", new Message(), new JID("romeo@home.test"));
        restarted.flush();
        assertThat(writer.flush(10_000)).isTrue();

        PeerDay day = onlyDay("peer.test");
        assertThat(day.sessions()).isEqualTo(2);
        assertThat(day.outgoing().stanzas()).isEqualTo(2);
        assertThat(day.users().count()).isEqualTo(1);
    }

    @Test
    void aNewDayBeginsARowOfItsOwnAndTheOldOneKeepsWhatItHad() throws Exception {
        history.look(List.of(SESSION));
        now = now.plus(Duration.ofDays(1));
        history.look(List.of(SESSION));
        written();

        List<PeerDay> days = store.days("peer.test");
        assertThat(days)
                .extracting(PeerDay::day)
                .containsExactly(LocalDate.parse("2026-11-25"), LocalDate.parse("2026-11-24"));
        assertThat(days).extracting(PeerDay::sessions).containsExactly(0L, 1L);
        List<PeerDay> range = new ArrayList<>();
        store.days(LocalDate.parse("2026-11-25"), LocalDate.parse("2026-11-25"), range::add);
        assertThat(range).containsExactly(days.get(0));
    }

    @Test
    void twoNodesAddUp() throws Exception {
        PeerHistory other = history(new HistoryStore(records, writer, "deadbeef", () -> RETENTION));
        history.look(List.of(SESSION));
        other.look(List.of(SESSION));
        other.flush();
        written();

        assertThat(onlyDay("peer.test").sessions()).isEqualTo(2);
    }

    @Test
    void whatIsOlderThanTheRetentionIsPurged() throws Exception {
        history.look(List.of(SESSION));
        written();

        Instant late = now.plus(RETENTION).plus(Duration.ofDays(1));
        assertThat(records.purge(late.toEpochMilli(), 100)).isEqualTo(3);
        assertThat(store.days("peer.test")).isEmpty();
    }

    @Test
    void aPeerThatOftenChangesIsToldApartUpToALimit() {
        PeerDay day = PeerDay.empty("peer.test", LocalDate.ofInstant(now, ZoneOffset.UTC));
        Sighting sighting = Sighting.read(SESSION, "peer.test");
        for (int i = 0; i < 100; i++) {
            day = day.with(new Shape(sighting.facts(), "", "certificate" + i, 1, now, now));
        }

        assertThat(day.shapes()).hasSize(PeerDay.MAX_SHAPES);
        assertThat(day.sessions()).isEqualTo(100);
    }

    @Test
    void aPeerWithEverNewCertificatesFillsNoDatabase() throws Exception {
        CertificateSummary one = CertificateSummary.of(CHAIN.get(0));
        for (int i = 0; i < 100; i++) {
            CertificateSummary other = new CertificateSummary(
                    one.subject(),
                    one.issuer(),
                    one.names(),
                    one.nameCount(),
                    one.notBefore(),
                    one.notAfter(),
                    one.usages(),
                    one.key(),
                    one.signature(),
                    one.spkiSha256(),
                    "%064x".formatted(i));
            Sighting sighting = Sighting.read(SESSION, "peer.test");
            history.sighted(new Sighting("s" + i, "", sighting.facts(), List.of(other), CHAIN));
            history.look(List.of());
        }
        written();

        assertThat(records.count("federation-chain")).isEqualTo(PeerDay.MAX_SHAPES);
        assertThat(onlyDay("peer.test").sessions()).isEqualTo(100);
    }

    @Test
    void aPeerNotSeenForLongerThanTheRetentionIsForgotten() {
        history.look(List.of(SESSION));
        now = now.plus(RETENTION).plus(Duration.ofDays(2));
        history.look(List.of());

        assertThat(history.peers()).isEmpty();
    }

    @Test
    void aSessionThatCannotBeReadKeepsNoOtherFromBeingSeen() {
        ServerSession broken = mock(ServerSession.class);
        when(broken.remoteDomains()).thenThrow(new IllegalStateException("gone"));
        history.look(List.of(broken, SESSION));

        assertThat(history.peer("peer.test")).isNotNull();
    }

    @Test
    void aRowThatSomebodySpoiltIsLeftOut() throws Exception {
        history.look(List.of(SESSION));
        written();
        records.newest("federation-day", Long.MAX_VALUE, 1)
                .forEach(row -> records.put(
                        List.of(new Row(row.kind(), row.id(), row.scope(), row.at(), row.expiresAt(), "{\"day\":7}"))));

        assertThat(store.days("peer.test")).isEmpty();
        assertThat(history(store).load()).isTrue();
    }
}
