// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.key;

import static im.bastion.federation.key.Seen.NOW;
import static im.bastion.federation.key.Seen.PEER;
import static im.bastion.federation.key.Seen.plain;
import static im.bastion.federation.key.Seen.valid;
import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.audit.AuditEvent;
import im.bastion.host.ServerSessions;
import im.bastion.metric.Counters;
import im.bastion.metric.Health;
import im.bastion.store.MemoryRecords;
import im.bastion.store.RecordWriter;
import im.bastion.store.Records;
import im.bastion.store.Records.Row;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.Mockito;

class KeyWatchTest {
    private static final Duration RETENTION = Duration.ofDays(365);

    private final class Watch extends Clock {
        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    private Instant now = NOW;
    private final Clock clock = new Watch();
    private final Health health = new Health(clock);
    private final List<AuditEvent> audit = new ArrayList<>();
    private final MemoryRecords records = new MemoryRecords();
    private final RecordWriter writer = new RecordWriter(records, health, clock);
    private final ServerSessions sessions = Mockito.mock(ServerSessions.class);
    private final KeyWatch watch = loaded();

    private KeyWatch fresh(Records from) {
        return new KeyWatch(
                new KeyRecords(from, writer, () -> RETENTION), sessions, audit::add, new Counters(), health, clock);
    }

    private KeyWatch loaded() {
        KeyWatch made = fresh(records);
        assertThat(made.load()).isTrue();
        return made;
    }

    @BeforeEach
    void everybodyIsVouchedForByTheSameAuthority() {
        Mockito.when(sessions.authority(Mockito.anyList())).thenReturn(Seen.CA);
    }

    @AfterEach
    void close() {
        writer.close();
    }

    private void see(KeyWatch node, Seen seen) {
        now = now.plusSeconds(60);
        node.begun(seen.sighting());
        node.report();
    }

    private void written() throws InterruptedException {
        assertThat(writer.flush(10_000)).isTrue();
    }

    private Health.State state() {
        return health.of("federation.keys").state();
    }

    @Test
    void anAlertIsAuditedDegradesTheHealthAndSurvivesARestart() throws InterruptedException {
        see(watch, valid("a"));
        assertThat(state()).isEqualTo(Health.State.OK);
        see(watch, plain());
        written();

        assertThat(audit).singleElement().satisfies(event -> {
            assertThat(event.action()).isEqualTo("key-alert");
            assertThat(event.subject()).isEqualTo(PEER);
            assertThat(event.detail()).contains("no-tls", "TLSv1.3");
        });
        assertThat(state()).isEqualTo(Health.State.DEGRADED);
        KeyWatch restarted = loaded();
        assertThat(restarted.alerts()).isEqualTo(watch.alerts()).hasSize(1);
        see(restarted, plain());
        assertThat(audit).hasSize(1);
        assertThat(restarted.alerts()).singleElement().satisfies(alert -> assertThat(alert.times())
                .isEqualTo(2));
    }

    @Test
    void aDecisionIsAuditedWithItsAdminAndRestoresTheHealth() throws InterruptedException {
        see(watch, valid("a"));
        see(watch, plain());
        KeyAlert alert = watch.alerts().get(0);

        assertThat(watch.decide(alert, KeyAlert.State.ACCEPTED, "admin")).isTrue();
        assertThat(watch.decide(alert, KeyAlert.State.ACCEPTED, "admin")).isFalse();
        written();

        assertThat(audit).hasSize(2).last().satisfies(event -> {
            assertThat(event.actor()).isEqualTo("admin");
            assertThat(event.action()).isEqualTo("key-alert-accepted");
        });
        assertThat(state()).isEqualTo(Health.State.OK);
        assertThat(loaded().alert(alert.id()).by()).isEqualTo("admin");
    }

    @Test
    void aWarningAloneDegradesNothing() {
        see(watch, valid("a"));
        see(watch, valid("b"));

        assertThat(watch.alerts()).singleElement().satisfies(alert -> assertThat(alert.change())
                .isEqualTo(KeyChange.NEW_KEY));
        assertThat(state()).isEqualTo(Health.State.OK);
    }

    @Test
    void theAuthorityIsAskedForKeysThatAreNewAlone() {
        see(watch, valid("a"));
        see(watch, valid("a"));
        see(watch, plain());
        see(watch, Seen.selfSigned("b"));

        Mockito.verify(sessions, Mockito.times(1)).authority(Mockito.anyList());
    }

    @Test
    void sessionsBeforeTheDatabaseAnswersAreComparedOnceItDoes() throws Exception {
        see(watch, valid("a"));
        written();
        Records away = Mockito.mock(Records.class);
        Mockito.when(away.newest(Mockito.anyString(), Mockito.anyLong(), Mockito.anyInt()))
                .thenThrow(new SQLException("away"))
                .thenAnswer(call -> records.newest(call.getArgument(0), call.getArgument(1), call.getArgument(2)));
        KeyWatch restarted = fresh(away);
        assertThat(restarted.load()).isFalse();
        see(restarted, plain());
        assertThat(restarted.alerts()).isEmpty();

        assertThat(restarted.load()).isTrue();

        assertThat(restarted.alerts()).singleElement().satisfies(alert -> assertThat(alert.change())
                .isEqualTo(KeyChange.NO_TLS));
    }

    @Test
    void moreServersThanAreWatchedAreNotKeptAndThatIsSaid() {
        for (int i = 0; i <= KeyWatch.MAX_PEERS; i++) {
            watch.begun(valid("a").sighting("p" + i + ".test", NOW.plus(Duration.ofDays(60))));
        }
        watch.synchronise();

        assertThat(watch.of("p" + (KeyWatch.MAX_PEERS - 1) + ".test")).hasSize(1);
        assertThat(watch.of("p" + KeyWatch.MAX_PEERS + ".test")).isEmpty();
        assertThat(state()).isEqualTo(Health.State.DEGRADED);
    }

    @Test
    void nodesLearnFromEachOther() throws InterruptedException {
        KeyWatch other = loaded();
        see(watch, valid("a"));
        written();
        other.synchronise();
        see(other, plain());
        written();
        watch.synchronise();

        assertThat(watch.alerts()).isEqualTo(other.alerts()).hasSize(1);
        assertThat(watch.decide(watch.alerts().get(0), KeyAlert.State.ACCEPTED, "admin"))
                .isTrue();
        written();
        other.synchronise();
        assertThat(other.alerts().get(0).state()).isEqualTo(KeyAlert.State.ACCEPTED);
    }

    @Test
    void aPeerIsForgottenWhenItWasNotSeenForLong() throws InterruptedException {
        see(watch, valid("a"));
        watch.synchronise();
        written();
        now = now.plus(RETENTION).plusSeconds(1);
        watch.synchronise();

        assertThat(watch.of(PEER)).isEmpty();
        assertThat(records.purge(now.toEpochMilli(), 10)).isEqualTo(1);
    }

    @Test
    void aPeerThatIsSeenStaysKnownThoughNothingChanges() throws InterruptedException {
        see(watch, valid("a"));
        watch.synchronise();
        now = now.plus(RETENTION.minusDays(1));
        see(watch, valid("a"));
        watch.synchronise();
        written();
        now = now.plus(Duration.ofDays(2));

        assertThat(records.purge(now.toEpochMilli(), 10)).isZero();
        assertThat(loaded().of(PEER)).hasSize(1);
    }

    @Test
    void aRowThatSomebodySpoiltIsLeftOut() {
        records.put(List.of(new Row("federation-key", "x/in", "x", 1, Long.MAX_VALUE, "{\"domain\":7}")));

        assertThat(loaded().alerts()).isEmpty();
    }
}
