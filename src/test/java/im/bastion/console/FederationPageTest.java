// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.federation.PeerSession;
import im.bastion.federation.policy.PeerVerdict.Standing;
import im.bastion.federation.tls.CertificateSummary;
import im.bastion.host.ServerSession.Authentication;
import im.bastion.host.ServerSession.Direction;
import im.bastion.host.ServerSession.Establishment;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FederationPageTest {
    private final Stage stage = new Stage();
    private final Browser admin = new Browser("admin");

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void showsHowEachLiveSessionIsProtected() {
        stage.peers.add(peer("good.example", certificate("CN=good.example", 30), Standing.ALLOWED, ""));

        assertThat(look())
                .contains("good.example", "outgoing, from", "home.example", "192.0.2.1")
                .contains("<time datetime=\"2026-11-22T14:02:09Z\">2026-11-22 14:02:09 UTC")
                .contains("TLSv1.3", "TLS_AES_256_GCM_SHA384", "Certificate (SASL EXTERNAL)")
                .contains("CN=good.example", "valid until 2026-12-22, 30 days from now", "Passes")
                .contains("1 session on this node.", "All of the 1 that the rule is for pass it.");
    }

    @Test
    void putsTheSessionsThatFailFirstWithTheReason() {
        String reason = "the connection to it is not encrypted";
        stage.peers.add(peer("a.example", certificate("CN=a", 9), Standing.ALLOWED, ""));
        stage.peers.add(peer("z.example", null, Standing.WOULD_BE_REFUSED, reason));

        String html = look();

        assertThat(html.indexOf("z.example")).isLessThan(html.indexOf("a.example"));
        assertThat(html).contains("None: plain text", "none sent", "Would be stopped", reason);
        assertThat(html).contains("2 sessions on this node.", "1 of them fails the rule.");
    }

    @Test
    void saysWhenACertificateHasExpired() {
        String reason = "its certificate has expired";
        stage.peers.add(peer("old.example", certificate("CN=old", -3), Standing.REFUSED, reason));

        assertThat(look()).contains("expired on 2026-11-19", "Stopped", reason);
    }

    @Test
    void doesNotClaimThatSessionsPassWhenNoRuleIsForThem() {
        stage.peers.add(peer("a.example", null, Standing.NOT_POLICED, ""));

        assertThat(look())
                .contains("Not judged", "No rule is in force for them.")
                .doesNotContain("pass it");
    }

    @Test
    void saysSoWhenNobodyIsConnected() {
        assertThat(look()).contains("No other server is connected now.");
    }

    @Test
    void escapesWhateverAPeerSends() {
        String evil = Stage.HOSTILE;
        stage.peers.add(new PeerSession(
                evil,
                Direction.INCOMING,
                Set.of(evil),
                evil,
                evil,
                evil,
                evil,
                Authentication.DIALBACK,
                Establishment.UNKNOWN,
                List.of(new CertificateSummary(
                        evil, evil, List.of(evil), 1, Stage.NOW, Stage.NOW, List.of(evil), evil, evil, evil, evil)),
                List.of(evil),
                Standing.REFUSED,
                evil,
                Stage.NOW));

        assertThat(look())
                .doesNotContain("<script>alert")
                .doesNotContain("<img src=x")
                .contains("&lt;script&gt;");
    }

    private String look() {
        return admin.get(stage.page("federation"), Map.of()).html();
    }

    /** A session over TLS with that certificate, or a plain one without. */
    private static PeerSession peer(String domain, CertificateSummary certificate, Standing standing, String reason) {
        boolean plain = certificate == null;
        return new PeerSession(
                domain,
                Direction.OUTGOING,
                Set.of("home.example"),
                domain,
                "192.0.2.1",
                plain ? "" : "TLSv1.3",
                plain ? "" : "TLS_AES_256_GCM_SHA384",
                plain ? Authentication.DIALBACK : Authentication.EXTERNAL,
                plain ? Establishment.PLAIN : Establishment.STARTTLS,
                plain ? List.of() : List.of(certificate),
                reason.isEmpty() ? List.of() : List.of(reason),
                standing,
                reason,
                Stage.NOW.minusSeconds(60));
    }

    private static CertificateSummary certificate(String subject, long validDays) {
        return new CertificateSummary(
                subject,
                "CN=Test CA",
                List.of("good.example"),
                1,
                Stage.NOW.minus(Duration.ofDays(60)),
                Stage.NOW.plus(Duration.ofDays(validDays)),
                List.of(),
                "RSA 2048",
                "SHA256withRSA",
                "0".repeat(64),
                "1".repeat(64));
    }
}
