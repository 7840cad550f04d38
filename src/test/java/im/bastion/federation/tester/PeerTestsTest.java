// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.bastion.certificate.TestCertificate;
import im.bastion.certificate.TestIdentity;
import im.bastion.certificate.TestKeys;
import im.bastion.federation.tester.PeerTests.Refusal;
import im.bastion.federation.tester.dns.SignedDns;
import im.bastion.federation.tester.fact.Association;
import im.bastion.federation.tester.fact.Authenticity;
import im.bastion.federation.tester.fact.TestStep;
import im.bastion.federation.tester.grade.Finding;
import im.bastion.federation.tester.grade.Grade;
import im.bastion.federation.tester.grade.Remark;
import im.bastion.federation.tester.stream.ScriptedPeer;
import im.bastion.host.memory.MemoryHost;
import im.bastion.metric.Health;
import im.bastion.policy.AddressRange;
import im.bastion.store.MemoryRecords;
import im.bastion.store.RecordWriter;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PeerTestsTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final KeyPair KEYS = TestKeys.make();
    private static final TestIdentity CA = TestCertificate.of("CA").authority().selfSigned(TestKeys.make());
    private static final TestIdentity GOOD =
            TestCertificate.of("peer.test").dns("peer.test").issuedBy(CA, KEYS);
    private static final String[] BEST = {"TLS_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"};

    private final SignedDns dns = new SignedDns();
    private final MemoryHost host = new MemoryHost();
    private final MemoryRecords records = new MemoryRecords();
    private final RecordWriter writer = new RecordWriter(records, new Health(Clock.systemUTC()), Clock.systemUTC());
    private final TestStore store = new TestStore(records, writer, () -> Duration.ofDays(90));
    private List<AddressRange> networks = List.of(AddressRange.of("127.0.0.0/8"));
    /** The port of HTTPS is one on which nobody listens. */
    private final PeerTests tests = new PeerTests(
            host, store, () -> networks, () -> List.of(dns.address()), Clock.systemUTC(), dns.anchors(), 1);

    @BeforeEach
    void trust() {
        host.serverSessions().trust(CA.leaf());
        dns.put("xmpp.peer.test", "A 127.0.0.1");
    }

    @AfterEach
    void stop() {
        tests.close();
        writer.close();
        dns.close();
        host.close();
    }

    private void lead(ScriptedPeer peer) {
        dns.put("_xmpp-server._tcp.peer.test", "SRV 0 5 " + peer.port() + " xmpp.peer.test.");
    }

    private PeerReport report() {
        PeerTestRun run = tests.ask("Peer.Test", "romeo").run();
        await().atMost(PATIENCE).until(run::isOver);
        return run.report();
    }

    private static List<Finding> findings(PeerReport report) {
        return report.assessment().remarks().stream().map(Remark::finding).toList();
    }

    @Test
    void aPeerWithNothingToBetterGetsAnAAndItsReportIsKept() throws Exception {
        try (ScriptedPeer peer = new ScriptedPeer(GOOD).with(BEST).start();
                ScriptedPeer direct = new ScriptedPeer(GOOD).with(BEST).direct().start()) {
            lead(peer);
            dns.put("_xmpps-server._tcp.peer.test", "SRV 0 5 " + direct.port() + " xmpp.peer.test.");
            byte[] key = MessageDigest.getInstance("SHA-256")
                    .digest(GOOD.leaf().getPublicKey().getEncoded());
            dns.put(
                    "_" + peer.port() + "._tcp.xmpp.peer.test",
                    "TLSA 3 1 1 " + HexFormat.of().formatHex(key));

            PeerReport report = report();

            assertThat(report.assessment().remarks()).isEmpty();
            assertThat(report.assessment().grade()).isEqualTo(Grade.A);
            assertThat(report.authenticity()).isEqualTo(Authenticity.SECURE);
            assertThat(report.endpoints()).hasSize(2);
            assertThat(report.endpoints().get(0).dane()).isEqualTo(Association.MATCHES);
            assertThat(report.endpoints().get(1).target().direct()).isTrue();
            assertThat(report.steps()).extracting(TestStep::kind).contains(TestStep.Kind.values());
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(store.of("peer.test")).containsExactly(report));
            assertThat(store.latest()).containsExactly(report);
        }
    }

    @Test
    void anExpiredCertificateIsAMatterOfTrustAlone() {
        TestIdentity expired = TestCertificate.of("peer.test")
                .dns("peer.test")
                .valid(Instant.parse("2001-01-01T00:00:00Z"), Instant.parse("2002-01-01T00:00:00Z"))
                .issuedBy(CA, KEYS);
        try (ScriptedPeer peer = new ScriptedPeer(expired).with(BEST).start()) {
            lead(peer);

            PeerReport report = report();

            assertThat(report.assessment().grade()).isEqualTo(Grade.T);
            assertThat(report.assessment().ignoringTrust()).isEqualTo(Grade.A);
            assertThat(findings(report)).containsExactly(Finding.NOT_TRUSTED);
        }
    }

    @Test
    void daneVouchesForWhatNoAuthorityHasSigned() throws Exception {
        TestIdentity own = TestCertificate.of("x").selfSigned(KEYS);
        try (ScriptedPeer peer = new ScriptedPeer(own).with(BEST).start()) {
            lead(peer);
            byte[] key = MessageDigest.getInstance("SHA-256")
                    .digest(own.leaf().getPublicKey().getEncoded());
            dns.put(
                    "_" + peer.port() + "._tcp.xmpp.peer.test",
                    "TLSA 3 1 1 " + HexFormat.of().formatHex(key));

            assertThat(report().assessment().grade()).isEqualTo(Grade.A);
        }
    }

    @Test
    void aKeyThatDaneDoesNotNameCostsMore() {
        try (ScriptedPeer peer = new ScriptedPeer(GOOD).with(BEST).start()) {
            lead(peer);
            dns.put("_" + peer.port() + "._tcp.xmpp.peer.test", "TLSA 3 1 1 " + "00".repeat(32));

            PeerReport report = report();

            assertThat(findings(report)).containsExactly(Finding.DANE_MISMATCH);
            assertThat(report.assessment().grade()).isEqualTo(Grade.D);
        }
    }

    @Test
    void recordsThatDnssecDoesNotVouchForCountForNothing() {
        dns.insecure("peer.test");
        try (ScriptedPeer peer = new ScriptedPeer(GOOD).with(BEST).start()) {
            lead(peer);
            dns.put("_" + peer.port() + "._tcp.xmpp.peer.test", "TLSA 3 1 1 " + "00".repeat(32));

            PeerReport report = report();

            assertThat(findings(report)).containsExactly(Finding.DANE_NOT_SECURE);
            assertThat(report.authenticity()).isEqualTo(Authenticity.INSECURE);
        }
    }

    @Test
    void aPeerWithoutEncryptionAndOneThatIsForgedFail() {
        dns.forge("_xmpp-server._tcp.peer.test");
        try (ScriptedPeer peer = new ScriptedPeer(GOOD).withoutTls().start()) {
            lead(peer);

            PeerReport report = report();

            assertThat(findings(report)).contains(Finding.NO_ENCRYPTION, Finding.BOGUS_DNS, Finding.DNS_FAULT);
            assertThat(report.assessment().grade()).isEqualTo(Grade.F);
        }
    }

    @Test
    void nobodyIsConnectedToWhoseAddressIsNotPublicUnlessItIsAllowed() {
        networks = List.of();
        try (ScriptedPeer peer = new ScriptedPeer(GOOD).start()) {
            lead(peer);

            PeerReport report = report();

            assertThat(findings(report)).containsExactly(Finding.ADDRESS_NOT_ALLOWED);
            assertThat(report.assessment().remarks().get(0).detail()).contains("127.0.0.1", "is not public");
            assertThat(peer.connections()).isZero();
        }
    }

    @Test
    void aPlaceWithoutAnAddressIsMissed() {
        try (ScriptedPeer peer = new ScriptedPeer(GOOD).with(BEST).start()) {
            lead(peer);
            dns.put("_xmpp-server._tcp.peer.test", "SRV 5 0 5269 gone.peer.test.");

            PeerReport report = report();

            assertThat(findings(report)).containsExactly(Finding.PARTLY_UNREACHABLE);
            assertThat(report.assessment().remarks().get(0).detail())
                    .isEqualTo("gone.peer.test port 5269: its name has no address");
        }
    }

    @Test
    void whoSaysThatThereIsNoSuchServiceIsBelieved() {
        dns.put("_xmpp-server._tcp.peer.test", "SRV 0 0 0 .");

        PeerReport report = report();

        assertThat(findings(report)).containsExactly(Finding.NOT_FEDERATED);
        assertThat(report.endpoints()).isEmpty();
    }

    @Test
    void whoVouchesForAnybodyFails() {
        try (ScriptedPeer peer =
                new ScriptedPeer(GOOD).with(BEST).answering("valid").start()) {
            lead(peer);

            PeerReport report = report();

            assertThat(findings(report)).containsExactly(Finding.ACCEPTS_ANY_KEY);
            assertThat(report.assessment().grade()).isEqualTo(Grade.F);
        }
    }

    @Test
    void ownDomainsWhatIsNoneAndTooMuchOfItAreRefused() {
        assertThat(tests.ask(MemoryHost.DOMAIN, "romeo").refusal()).isEqualTo(Refusal.OWN_DOMAIN);
        assertThat(tests.ask("rooms." + MemoryHost.DOMAIN, "romeo").refusal()).isEqualTo(Refusal.OWN_DOMAIN);
        assertThat(tests.ask("127.0.0.1", "romeo").refusal()).isEqualTo(Refusal.NOT_A_DOMAIN);
        assertThat(tests.ask("<script>", "romeo").refusal()).isEqualTo(Refusal.NOT_A_DOMAIN);

        dns.put("_xmpp-server._tcp.peer.test", "SRV 0 0 0 .");
        var unused = report();
        assertThat(tests.ask("peer.test", "juliet").refusal()).isEqualTo(Refusal.TOO_OFTEN);
    }

    @Test
    void whatIsUnderWayIsGivenUpWhenBastionStops() {
        dns.silence("_xmpp-server._tcp.peer.test");
        PeerTestRun run = tests.ask("peer.test", "romeo").run();
        assertThat(tests.ask("peer.test", "juliet").run()).as("the same test").isSameAs(run);

        tests.close();

        assertThat(run.hasFailed()).isTrue();
        assertThat(run.report()).isNull();
        assertThat(tests.ask("other.test", "romeo").refusal()).isEqualTo(Refusal.TOO_MANY_WAIT);
    }
}
