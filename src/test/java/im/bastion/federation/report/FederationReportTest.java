// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import im.bastion.certificate.TestCertificate;
import im.bastion.certificate.TestKeys;
import im.bastion.federation.observe.HistoryStore;
import im.bastion.federation.observe.PeerHistory;
import im.bastion.federation.observe.PeerTraffic;
import im.bastion.federation.policy.DemandReader;
import im.bastion.federation.policy.FederationPolicy;
import im.bastion.federation.report.FederationReport.Format;
import im.bastion.host.ServerSession.Authentication;
import im.bastion.host.ServerSession.Direction;
import im.bastion.host.memory.MemoryServerSession;
import im.bastion.metric.Health;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.MemoryRecords;
import im.bastion.store.PolicyRow;
import im.bastion.store.RecordWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.security.cert.X509Certificate;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

class FederationReportTest {
    private static final LocalDate DAY = LocalDate.parse("2026-11-24");
    private final Instant now = Instant.parse("2026-11-24T12:00:00Z");
    private final InstantSource clock = () -> now;
    private final MemoryRecords records = new MemoryRecords();
    private final RecordWriter writer = new RecordWriter(records, new Health(Clock.systemUTC()), clock);
    private final HistoryStore store = store("0badcafe");
    private final PeerTraffic traffic = new PeerTraffic();
    private final PeerHistory history = new PeerHistory(store, traffic, "home.test"::equals, sighting -> {}, clock);
    private FederationPolicy policy = FederationPolicy.EMPTY;
    private final FederationReport report = new FederationReport(store, () -> policy, "home.test", clock);

    private HistoryStore store(String node) {
        return new HistoryStore(records, writer, node, () -> Duration.ofDays(30));
    }

    @AfterEach
    void close() {
        writer.close();
    }

    private static List<X509Certificate> chain(String name, Instant until) {
        return TestCertificate.of(name)
                .dns(name)
                .valid(Instant.parse("2026-01-01T00:00:00Z"), until)
                .selfSigned(TestKeys.make())
                .chain();
    }

    private static MemoryServerSession session(String domain, List<X509Certificate> chain, String distrust) {
        return new MemoryServerSession(
                domain,
                Direction.OUTGOING,
                Set.of("home.test"),
                Set.of(domain),
                "TLSv1.3",
                "TLS_AES_256_GCM_SHA384",
                chain,
                distrust,
                Authentication.DIALBACK,
                new CopyOnWriteArrayList<>());
    }

    private void seen(PeerHistory where, MemoryServerSession... sessions) throws InterruptedException {
        where.look(List.of(sessions));
        where.flush();
        assertThat(writer.flush(10_000)).isTrue();
    }

    private String text(LocalDate day, Format format) throws SQLException, IOException {
        StringWriter out = new StringWriter();
        report.write(day, format, out);
        return out.toString();
    }

    private JsonObject json() throws SQLException, IOException {
        return JsonParser.parseString(text(DAY, Format.JSON)).getAsJsonObject();
    }

    /** What the report says of that peer. */
    private JsonObject peer(String domain) throws SQLException, IOException {
        return StreamSupport.stream(json().getAsJsonArray("policies").spliterator(), false)
                .map(element -> element.getAsJsonObject())
                .filter(peer -> peer.getAsJsonObject("policy")
                        .get("policy-domain")
                        .getAsString()
                        .equals(domain))
                .findFirst()
                .orElseThrow();
    }

    private String resultType(String domain) throws SQLException, IOException {
        return peer(domain)
                .getAsJsonArray("failure-details")
                .get(0)
                .getAsJsonObject()
                .get("result-type")
                .getAsString();
    }

    @Test
    void speaksTheVocabularyOfTheRfc() throws Exception {
        Instant later = Instant.parse("2027-01-01T00:00:00Z");
        seen(
                history,
                session("good.test", chain("good.test", later), null),
                MemoryServerSession.plain(Direction.INCOMING, "plain.test"),
                session("named.test", chain("other.test", later), null),
                session("old.test", chain("old.test", Instant.parse("2026-02-01T00:00:00Z")), "it ran out"),
                session("self.test", chain("self.test", later), "it is self-signed"));
        traffic.failed("away.test");
        seen(history);

        JsonObject whole = json();
        assertThat(whole.get("organization-name").getAsString()).isEqualTo("home.test");
        assertThat(whole.get("report-id").getAsString()).isEqualTo("2026-11-24_home.test");
        assertThat(whole.getAsJsonObject("date-range").get("start-datetime").getAsString())
                .isEqualTo("2026-11-24T00:00:00Z");
        JsonObject summary = peer("good.test").getAsJsonObject("summary");
        assertThat(summary.get("total-successful-session-count").getAsLong()).isEqualTo(1);
        assertThat(summary.get("total-failure-session-count").getAsLong()).isZero();
        assertThat(resultType("plain.test")).isEqualTo("starttls-not-supported");
        assertThat(resultType("named.test")).isEqualTo("certificate-host-mismatch");
        assertThat(resultType("old.test")).isEqualTo("certificate-expired");
        assertThat(resultType("self.test")).isEqualTo("certificate-not-trusted");
        assertThat(resultType("away.test")).isEqualTo("validation-failure");
        assertThat(peer("plain.test")
                        .getAsJsonObject("summary")
                        .get("total-failure-session-count")
                        .getAsLong())
                .isEqualTo(1);
    }

    @Test
    void whatTheRulesAskBeyondThatIsAValidationFailureWithTheReason() throws Exception {
        seen(history, session("good.test", chain("good.test", Instant.parse("2027-01-01T00:00:00Z")), null));
        policy = new FederationPolicy(
                List.of(DemandReader.read(new PolicyRow(
                        new RuleId("federation.strict"),
                        1,
                        Mode.OBSERVE,
                        "{\"peers\":[\"*\"],\"certificate\":\"encrypted\",\"dialback\":false}",
                        "admin",
                        now))),
                Mode.OBSERVE);

        assertThat(resultType("good.test")).isEqualTo("validation-failure");
        assertThat(peer("good.test").toString()).contains("federation.strict: only with", "dialback");
    }

    @Test
    void twoNodesAreOnePeer() throws Exception {
        PeerHistory other =
                new PeerHistory(store("deadbeef"), new PeerTraffic(), "home.test"::equals, sighting -> {}, clock);
        MemoryServerSession plain = MemoryServerSession.plain(Direction.INCOMING, "plain.test");
        seen(history, plain);
        seen(other, plain);

        assertThat(json().getAsJsonArray("policies")).hasSize(1);
        assertThat(peer("plain.test")
                        .getAsJsonObject("summary")
                        .get("total-failure-session-count")
                        .getAsLong())
                .isEqualTo(2);
    }

    @Test
    void csvHasALineForEachKindAndNoFormula() throws Exception {
        seen(history, MemoryServerSession.plain(Direction.INCOMING, "=cmd.test"));
        traffic.passed(Direction.INCOMING, "=cmd.test", new Message(), new JID("romeo@home.test"));
        seen(history);

        assertThat(text(DAY, Format.CSV))
                .startsWith("day,domain,result,direction,sessions,address,reason\r\n")
                .contains("\"2026-11-24\",\"'=cmd.test\",\"success\",\"\",\"0\",\"\",\"\"\r\n")
                .contains("\"'=cmd.test\",\"starttls-not-supported\",\"in\",\"1\"");
    }

    @Test
    void aDayWithoutAnythingIsAnEmptyReport() throws Exception {
        assertThat(JsonParser.parseString(text(DAY.minusDays(1), Format.JSON))
                        .getAsJsonObject()
                        .getAsJsonArray("policies"))
                .isEmpty();
        assertThat(text(DAY.minusDays(1), Format.CSV).lines()).hasSize(1);
    }

    @Test
    void asMetricsItHasSumsAndAsManySeriesForAThousandPeersAsForNone() throws Exception {
        String none = text(DAY.minusDays(1), Format.METRICS);
        Instant later = Instant.parse("2027-01-01T00:00:00Z");
        seen(
                history,
                session("good.test", chain("good.test", later), null),
                MemoryServerSession.plain(Direction.INCOMING, "plain.test"),
                MemoryServerSession.plain(Direction.INCOMING, "plainer.test"));
        Message message = new Message();
        message.setBody("hello");
        traffic.passed(Direction.OUTGOING, "good.test", message, new JID("romeo@home.test"));
        traffic.refused(Direction.INCOMING, "plain.test");
        seen(history);

        String metrics = text(DAY, Format.METRICS);

        assertThat(metrics.lines())
                .contains(
                        "bastion_federation_day_start_seconds 1795478400",
                        "bastion_federation_day_peers 3",
                        "bastion_federation_day_users 1",
                        "bastion_federation_day_sessions{result=\"success\"} 1",
                        "bastion_federation_day_sessions{result=\"starttls-not-supported\"} 2",
                        "bastion_federation_day_stanzas{direction=\"out\",outcome=\"passed\"} 1",
                        "bastion_federation_day_stanzas{direction=\"in\",outcome=\"stopped\"} 1")
                .endsWith("# EOF")
                .hasSameSizeAs(none.lines().toList());
        assertThat(metrics).doesNotContain(".test");
    }
}
