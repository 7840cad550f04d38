// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.stream;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.certificate.TestCertificate;
import im.bastion.certificate.TestIdentity;
import im.bastion.certificate.TestKeys;
import im.bastion.federation.tester.fact.DialbackAnswer;
import im.bastion.federation.tester.fact.Endpoint;
import im.bastion.federation.tester.fact.OfferAnswer;
import im.bastion.federation.tester.fact.SrvTarget;
import im.bastion.federation.tester.fact.Stage;
import im.bastion.federation.tester.fact.TestStep;
import im.bastion.federation.tester.fact.TestStep.Kind;
import im.bastion.federation.tester.fact.TlsOffer;
import im.bastion.federation.tester.net.Budget;
import im.bastion.federation.tester.net.StepLog;
import im.bastion.federation.tester.net.Timers;
import im.bastion.federation.tls.NameMatch;
import java.net.InetAddress;
import java.security.KeyPair;
import java.security.KeyStore.PrivateKeyEntry;
import java.security.cert.Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StreamProbeTest {
    private static final KeyPair KEYS = TestKeys.make();
    private static final TestIdentity CA = TestCertificate.of("CA").authority().selfSigned(TestKeys.make());
    private static final TestIdentity GOOD =
            TestCertificate.of("peer.test").dns("peer.test").issuedBy(CA, KEYS);
    private static final PrivateKeyEntry OWN =
            new PrivateKeyEntry(GOOD.key(), GOOD.chain().toArray(Certificate[]::new));

    private final List<TestStep> steps = new ArrayList<>();

    private StreamProbe probe(Budget budget, List<PrivateKeyEntry> own) {
        return new StreamProbe(
                budget,
                new StepLog(steps::add),
                ProbeIdentity.context(own),
                chain -> chain.contains(CA.leaf()) ? null : "its certificate is not of the test",
                "home.test",
                PeerName.of("peer.test"));
    }

    private Endpoint probed(ScriptedPeer peer, boolean direct) {
        return probe(Timers.budget(Duration.ofSeconds(30)), List.of(OWN))
                .probe(target(peer, direct), InetAddress.getLoopbackAddress())
                .endpoint();
    }

    private static SrvTarget target(ScriptedPeer peer, boolean direct) {
        return new SrvTarget(direct, "xmpp.peer.test", peer.port(), 0, 0);
    }

    @Test
    void aGoodPeerIsFollowedUpToDialback() {
        try (ScriptedPeer peer = new ScriptedPeer(GOOD).start()) {
            Endpoint found = probed(peer, false);

            assertThat(found.stage()).isEqualTo(Stage.COMPLETE);
            assertThat(found.fault()).isEmpty();
            assertThat(found.tls().protocol()).isEqualTo("TLSv1.3");
            assertThat(found.tls().isTrusted()).isTrue();
            assertThat(found.tls().chain()).hasSize(2);
            assertThat(found.external()).isTrue();
            assertThat(found.dialback()).isEqualTo(DialbackAnswer.REFUSED);
            assertThat(steps)
                    .extracting(TestStep::kind)
                    .containsExactly(
                            Kind.CONNECT, Kind.STREAM, Kind.STARTTLS, Kind.HANDSHAKE, Kind.FEATURES, Kind.DIALBACK);
            assertThat(steps).allMatch(TestStep::ok);
        }
    }

    @Test
    void withoutACertificateOfOursNobodyOffersExternal() {
        try (ScriptedPeer peer = new ScriptedPeer(GOOD).start()) {
            Endpoint found = probe(Timers.budget(Duration.ofSeconds(30)), List.of())
                    .probe(target(peer, false), InetAddress.getLoopbackAddress())
                    .endpoint();

            assertThat(found.external()).isFalse();
            assertThat(found.dialbackOffered()).isTrue();
        }
    }

    @Test
    void directTlsAgreesOnItsProtocol() {
        try (ScriptedPeer peer = new ScriptedPeer(GOOD).direct().start()) {
            Endpoint found = probed(peer, true);

            assertThat(found.stage()).isEqualTo(Stage.COMPLETE);
            assertThat(found.tls().application()).isEqualTo("xmpp-server");
        }
    }

    @Test
    void aCertificateIsShownWithWhatIsWrongWithIt() {
        TestIdentity other = TestCertificate.of("x").dns("other.test").selfSigned(KEYS);
        try (ScriptedPeer peer = new ScriptedPeer(other).start()) {
            Endpoint found = probed(peer, false);

            assertThat(found.stage()).isEqualTo(Stage.COMPLETE);
            assertThat(found.tls().distrust()).isEqualTo("its certificate is not of the test");
            assertThat(found.tls().name()).isEqualTo(NameMatch.DIFFERS);
        }
    }

    @Test
    void whoVouchesForAKeyThatNobodyMadeIsFoundOut() {
        try (ScriptedPeer valid = new ScriptedPeer(GOOD).answering("valid").start();
                ScriptedPeer error = new ScriptedPeer(GOOD).answering("error").start()) {
            assertThat(probed(valid, false).dialback()).isEqualTo(DialbackAnswer.ACCEPTED);
            assertThat(probed(error, false).dialback()).isEqualTo(DialbackAnswer.ERROR);
        }
    }

    @Test
    void nobodyListensThere() {
        ScriptedPeer gone = new ScriptedPeer(GOOD);
        gone.close();

        Endpoint found = probed(gone, false);

        assertThat(found.stage()).isEqualTo(Stage.UNREACHABLE);
        assertThat(found.fault()).isEqualTo("nobody listens there");
    }

    @Test
    void aPeerWithoutTlsIsSeenToBeOne() {
        try (ScriptedPeer peer = new ScriptedPeer(GOOD).withoutTls().start()) {
            Endpoint found = probed(peer, false);

            assertThat(found.stage()).isEqualTo(Stage.NO_TLS);
            assertThat(found.fault()).isEqualTo("it does not offer STARTTLS");
        }
    }

    /** A byte every now and then does not make a test longer; nothing makes it larger. */
    @ParameterizedTest
    @EnumSource(
            value = ScriptedPeer.Quirk.class,
            names = {"NONE"},
            mode = EnumSource.Mode.EXCLUDE)
    void whoMisbehavesIsLeftInTime(ScriptedPeer.Quirk quirk) {
        try (ScriptedPeer peer = new ScriptedPeer(GOOD).with(quirk).start()) {
            Endpoint found = probe(Timers.budget(Duration.ofSeconds(3)), List.of(OWN))
                    .probe(target(peer, false), InetAddress.getLoopbackAddress())
                    .endpoint();

            assertThat(found.stage())
                    .isEqualTo(
                            switch (quirk) {
                                case MUTE, DRIPPING, ENDLESS, WEB -> Stage.NO_STREAM;
                                case REFUSING -> Stage.NO_TLS;
                                case INJECTING, GARBLED ->
                                    found.stage() == Stage.NO_TLS ? Stage.NO_TLS : Stage.NO_HANDSHAKE;
                                case NONE -> Stage.COMPLETE;
                            });
            assertThat(found.fault()).isNotEmpty();
            assertThat(found.tls()).isNull();
        }
    }

    @Test
    void eachOfferIsTakenOrRefused() {
        try (ScriptedPeer peer = new ScriptedPeer(GOOD)
                .with("TLS_AES_128_GCM_SHA256", "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA")
                .start()) {
            Map<TlsOffer, OfferAnswer> answers = offers(peer);

            assertThat(answers).hasSize(TlsOffer.values().length);
            assertThat(answers.get(TlsOffer.TLS_1_3).detail()).isEqualTo("TLS_AES_128_GCM_SHA256");
            assertThat(answers.get(TlsOffer.CBC).detail()).isEqualTo("TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA");
            assertThat(List.of(
                            answers.get(TlsOffer.TLS_1_2),
                            answers.get(TlsOffer.WEAK),
                            answers.get(TlsOffer.NO_FORWARD_SECRECY),
                            answers.get(TlsOffer.TLS_1_0),
                            answers.get(TlsOffer.TLS_1_1)))
                    .extracting(OfferAnswer::kind)
                    .containsOnly(OfferAnswer.Kind.REFUSED);
        }
    }

    @Test
    void aServerOfVersion12AloneRefuses13() {
        try (ScriptedPeer peer = new ScriptedPeer(GOOD).speaking("TLSv1.2").start()) {
            Map<TlsOffer, OfferAnswer> answers = offers(peer);

            assertThat(answers.get(TlsOffer.TLS_1_3).kind()).isEqualTo(OfferAnswer.Kind.REFUSED);
            assertThat(answers.get(TlsOffer.TLS_1_2).isAccepted()).isTrue();
        }
    }

    private Map<TlsOffer, OfferAnswer> offers(ScriptedPeer peer) {
        return probe(Timers.budget(Duration.ofSeconds(30)), List.of())
                .offers(target(peer, false), InetAddress.getLoopbackAddress());
    }
}
