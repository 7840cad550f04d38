// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.bastion.federation.tester.fact.Association;
import im.bastion.federation.tester.fact.Authenticity;
import im.bastion.federation.tester.fact.DialbackAnswer;
import im.bastion.federation.tester.fact.Endpoint;
import im.bastion.federation.tester.fact.OfferAnswer;
import im.bastion.federation.tester.fact.PoshFacts;
import im.bastion.federation.tester.fact.SrvTarget;
import im.bastion.federation.tester.fact.Stage;
import im.bastion.federation.tester.fact.Starttls;
import im.bastion.federation.tester.fact.StreamFeatures;
import im.bastion.federation.tester.fact.TestStep;
import im.bastion.federation.tester.fact.TlsFacts;
import im.bastion.federation.tester.fact.TlsOffer;
import im.bastion.federation.tester.grade.Assessment;
import im.bastion.federation.tester.grade.Finding;
import im.bastion.federation.tester.grade.Grade;
import im.bastion.federation.tester.grade.Remark;
import im.bastion.federation.tls.CertificateSummary;
import im.bastion.federation.tls.CipherSuite;
import im.bastion.federation.tls.NameMatch;
import im.bastion.store.PolicyBody;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PeerReportJsonTest {
    private static PeerReport report(int endpoints, String text) {
        CertificateSummary certificate = new CertificateSummary(
                text,
                text,
                Collections.nCopies(20, text),
                20,
                Instant.EPOCH,
                Instant.EPOCH,
                Collections.nCopies(20, text),
                "RSA 2048",
                "SHA256withRSA",
                "ab".repeat(32),
                "cd".repeat(32));
        Endpoint endpoint = new Endpoint(
                new SrvTarget(true, "xmpp.peer.test", 5270, 1, 2),
                "192.0.2.1",
                Stage.COMPLETE,
                "",
                new StreamFeatures(Starttls.REQUIRED, List.of("EXTERNAL"), true),
                new TlsFacts(
                        "TLSv1.3",
                        new CipherSuite("TLS_AES_128_GCM_SHA256"),
                        "xmpp-server",
                        Collections.nCopies(5, certificate),
                        "",
                        NameMatch.MATCHES),
                true,
                true,
                DialbackAnswer.REFUSED,
                Map.of(TlsOffer.TLS_1_3, new OfferAnswer(OfferAnswer.Kind.ACCEPTED, "TLS_AES_128_GCM_SHA256")),
                Association.MATCHES,
                Association.NONE);
        return new PeerReport(
                "peer.test",
                Instant.parse("2026-11-24T12:00:00Z"),
                1_234,
                "romeo",
                Collections.nCopies(endpoints * 8, new TestStep(TestStep.Kind.CONNECT, text, true, text, 5)),
                Authenticity.SECURE,
                Collections.nCopies(endpoints, endpoint),
                new PoshFacts(PoshFacts.State.ABSENT, ""),
                new Assessment(Grade.B, Grade.B, List.of(new Remark(Finding.CBC_CIPHERS, text))));
    }

    @Test
    void whatIsWrittenIsRead() {
        PeerReport report = report(1, "some text");

        assertThat(PeerReportJson.read(PeerReportJson.of(report))).isEqualTo(report);
    }

    @Test
    void whatAHostilePeerMakesLongFitsIntoARow() {
        String json = PeerReportJson.of(report(24, "\u00e4".repeat(255)));

        assertThat(json.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(PolicyBody.MAX_BYTES);
        PeerReport read = PeerReportJson.read(json);
        assertThat(read.endpoints()).hasSize(24);
        assertThat(read.assessment().grade()).isEqualTo(Grade.B);
        assertThat(read.steps()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "{}", "[]", "{\"domain\":5}", "{\"domain\":\"a\",\"began\":\"x\"}", "{\"steps\":[null]}"})
    void whatBastionDidNotWriteIsRefused(String body) {
        assertThatThrownBy(() -> PeerReportJson.read(body)).isInstanceOf(IllegalArgumentException.class);
    }
}
