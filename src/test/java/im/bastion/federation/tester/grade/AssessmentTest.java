// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.grade;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.federation.tester.fact.Association;
import im.bastion.federation.tester.fact.Authenticity;
import im.bastion.federation.tester.fact.DialbackAnswer;
import im.bastion.federation.tester.fact.DnsAnswer;
import im.bastion.federation.tester.fact.Endpoint;
import im.bastion.federation.tester.fact.OfferAnswer;
import im.bastion.federation.tester.fact.OfferAnswer.Kind;
import im.bastion.federation.tester.fact.PeerFacts;
import im.bastion.federation.tester.fact.PoshFacts;
import im.bastion.federation.tester.fact.SrvTarget;
import im.bastion.federation.tester.fact.Stage;
import im.bastion.federation.tester.fact.Starttls;
import im.bastion.federation.tester.fact.StreamFeatures;
import im.bastion.federation.tester.fact.TlsFacts;
import im.bastion.federation.tester.fact.TlsOffer;
import im.bastion.federation.tls.CertificateSummary;
import im.bastion.federation.tls.CipherSuite;
import im.bastion.federation.tls.NameMatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every finding is reached from facts, alone where that is possible, and gives the grade that the documents promise. */
class AssessmentTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final SrvTarget TARGET = new SrvTarget(false, "xmpp.peer.test", 5269, 0, 0);

    /** Facts of a peer with nothing to better, until they are changed. */
    private static final class Scene {
        private Stage stage = Stage.COMPLETE;
        private Starttls starttls = Starttls.REQUIRED;
        private String distrust = "";
        private NameMatch name = NameMatch.MATCHES;
        private String key = "RSA 2048";
        private Instant until = NOW.plus(Duration.ofDays(60));
        private boolean authenticates = true;
        private DialbackAnswer dialback = DialbackAnswer.REFUSED;
        private final Map<TlsOffer, OfferAnswer> offers = new HashMap<>(Map.of(
                TlsOffer.TLS_1_3, new OfferAnswer(Kind.ACCEPTED, "TLS_AES_128_GCM_SHA256"),
                TlsOffer.TLS_1_0, new OfferAnswer(Kind.REFUSED, "")));
        private String protocol = "TLSv1.3";
        private Association dane = Association.NONE;
        private Association posh = Association.NONE;
        private PoshFacts.State published = PoshFacts.State.ABSENT;
        private Authenticity authenticity = Authenticity.SECURE;
        private List<SrvTarget> targets = List.of(TARGET);
        private int untold;
        private List<String> faults = List.of();
        private boolean cut;
        private final List<Endpoint> others = new ArrayList<>();

        void accept(TlsOffer offer) {
            offers.put(offer, new OfferAnswer(Kind.ACCEPTED, "SUITE"));
        }

        Endpoint endpoint() {
            boolean hasTls = stage.compareTo(Stage.NO_FEATURES) >= 0;
            CertificateSummary leaf = new CertificateSummary(
                    "CN=peer", "CN=CA", List.of(), 0, NOW, until, List.of(), key, "SHA256withRSA", "", "");
            return new Endpoint(
                    TARGET,
                    "192.0.2.1",
                    stage,
                    stage == Stage.COMPLETE ? "" : "why",
                    new StreamFeatures(starttls, List.of(), false),
                    hasTls ? new TlsFacts(protocol, new CipherSuite(""), "", List.of(leaf), distrust, name) : null,
                    authenticates,
                    authenticates,
                    dialback,
                    hasTls ? offers : Map.of(),
                    dane,
                    posh);
        }

        Assessment assessment() {
            List<Endpoint> endpoints =
                    targets.stream().allMatch(target -> target.host().isEmpty()) && !targets.isEmpty()
                            ? List.of()
                            : Stream.concat(Stream.of(endpoint()), others.stream())
                                    .toList();
            return Assessment.of(
                    new PeerFacts(
                            "peer.test",
                            new DnsAnswer<>(targets, 0, authenticity, ""),
                            new DnsAnswer<>(List.of(), 0, authenticity, ""),
                            endpoints,
                            new PoshFacts(published, ""),
                            authenticity,
                            untold,
                            faults,
                            cut),
                    NOW);
        }
    }

    private static Scene showing(Finding finding) {
        Scene scene = new Scene();
        switch (finding) {
            case NOT_FEDERATED -> scene.targets = List.of(new SrvTarget(false, "", 0, 0, 0));
            case ADDRESS_NOT_ALLOWED -> scene.stage = Stage.NOT_ALLOWED;
            case UNREACHABLE -> scene.stage = Stage.UNREACHABLE;
            case NO_STREAM -> scene.stage = Stage.NO_STREAM;
            case NO_ENCRYPTION -> scene.stage = Stage.NO_TLS;
            case HANDSHAKE_FAILS -> scene.stage = Stage.NO_HANDSHAKE;
            case STREAM_BREAKS -> scene.stage = Stage.NO_FEATURES;
            case ACCEPTS_ANY_KEY -> scene.dialback = DialbackAnswer.ACCEPTED;
            case NOT_TRUSTED -> scene.distrust = "its certificate is self-signed";
            case WRONG_NAME -> scene.name = NameMatch.DIFFERS;
            case WEAK_CIPHERS -> scene.accept(TlsOffer.WEAK);
            case DANE_MISMATCH -> scene.dane = Association.DIFFERS;
            case BOGUS_DNS -> scene.authenticity = Authenticity.BOGUS;
            case OLD_TLS -> scene.accept(TlsOffer.TLS_1_1);
            case WEAK_KEY -> scene.key = "RSA 1024";
            case PARTLY_UNREACHABLE -> {
                Scene gone = new Scene();
                gone.stage = Stage.UNREACHABLE;
                scene.others.add(gone.endpoint());
            }
            case NO_TLS_1_3 -> {
                scene.protocol = "TLSv1.2";
                scene.offers.remove(TlsOffer.TLS_1_3);
            }
            case NO_FORWARD_SECRECY -> scene.accept(TlsOffer.NO_FORWARD_SECRECY);
            case CBC_CIPHERS -> scene.accept(TlsOffer.CBC);
            case PLAIN_TEXT_ALLOWED -> scene.starttls = Starttls.OFFERED;
            case POSH_MISMATCH -> scene.posh = Association.DIFFERS;
            case CERTIFICATE_ENDS_SOON -> scene.until = NOW.plus(Duration.ofDays(6));
            case DNS_FAULT -> scene.faults = List.of("peer.test: leads in a circle");
            case POSH_FAULT -> scene.published = PoshFacts.State.FAULTY;
            case DANE_NOT_SECURE -> scene.dane = Association.NOT_SECURE;
            case NO_SRV -> scene.targets = List.of();
            case DIALBACK_FAILS -> scene.dialback = DialbackAnswer.SILENCE;
            case NO_AUTHENTICATION -> scene.authenticates = false;
            case MUCH_UNTOLD -> scene.untold = 3;
            case TEST_CUT_SHORT -> scene.cut = true;
        }
        return scene;
    }

    @Test
    void nothingToSayIsAnA() {
        assertThat(new Scene().assessment()).isEqualTo(new Assessment(Grade.A, Grade.A, List.of()));
    }

    @ParameterizedTest
    @EnumSource(Finding.class)
    void eachFindingIsReachedAloneAndGivesItsGrade(Finding finding) {
        Assessment assessment = showing(finding).assessment();

        assertThat(assessment.remarks()).extracting(Remark::finding).containsExactly(finding);
        assertThat(assessment.grade()).isEqualTo(finding.best());
    }

    @Test
    void theWorstFindingGivesTheGradeAndStandsFirst() {
        Scene scene = showing(Finding.CBC_CIPHERS);
        scene.accept(TlsOffer.TLS_1_0);
        scene.accept(TlsOffer.WEAK);

        Assessment assessment = scene.assessment();

        assertThat(assessment.grade()).isEqualTo(Grade.D);
        assertThat(assessment.remarks())
                .extracting(Remark::finding)
                .containsExactly(Finding.WEAK_CIPHERS, Finding.OLD_TLS, Finding.CBC_CIPHERS);
    }

    @Test
    void whoIsNotTrustedHasTheGradeHeWouldHaveBesideTheT() {
        Scene scene = showing(Finding.NOT_TRUSTED);
        scene.accept(TlsOffer.TLS_1_0);

        assertThat(scene.assessment().grade()).isEqualTo(Grade.T);
        assertThat(scene.assessment().ignoringTrust()).isEqualTo(Grade.C);
        scene.dialback = DialbackAnswer.ACCEPTED;
        assertThat(scene.assessment().grade()).as("nothing to hope for").isEqualTo(Grade.F);
    }

    @Test
    void whatIsPublishedElsewhereVouchesInPlaceOfAnAuthority() {
        Scene scene = showing(Finding.NOT_TRUSTED);
        scene.name = NameMatch.NONE;
        scene.posh = Association.MATCHES;

        assertThat(scene.assessment().grade()).isEqualTo(Grade.A);
    }

    @Test
    void theDocumentsHaveTheSameTable() throws IOException {
        List<String> rows = Files.readAllLines(Path.of("docs/federation.md")).stream()
                .filter(line -> line.matches("\\| `[a-z0-9-]+` \\| [A-FT] \\|.*"))
                .map(line -> line.split("\\|", -1))
                .map(cells -> cells[1].strip() + cells[2] + cells[4].strip())
                .toList();

        assertThat(rows)
                .containsExactlyElementsOf(Arrays.stream(Finding.values())
                        .map(finding -> "`" + finding.word() + "` " + finding.best() + " " + finding.citation())
                        .toList());
    }
}
