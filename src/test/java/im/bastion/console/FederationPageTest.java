// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import im.bastion.host.HostException;
import im.bastion.host.ServerSession;
import im.bastion.host.ServerSession.Direction;
import im.bastion.host.memory.MemoryServerSession;
import im.bastion.policy.Mode;
import java.security.cert.CertificateException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FederationPageTest {
    private static final JudgementView PASSES = new JudgementView(Mode.ENFORCE, List.of());

    private final Stage stage = new Stage();
    private final Browser admin = new Browser("admin");

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void showsHowEachLiveSessionIsProtected() throws CertificateException {
        stage.peers.add(PeerSessionView.of(
                MemoryServerSession.trusted(
                        Direction.OUTGOING, "good.example", List.of(certificate("CN=good.example", 30))),
                PASSES));

        String html = look();

        assertThat(html)
                .contains("good.example", "outgoing, from", "home.example", "192.0.2.1")
                .contains("TLSv1.3", "TLS_AES_256_GCM_SHA384", "Certificate (SASL EXTERNAL)")
                .contains("CN=good.example", "valid until 2026-12-22, 30 days from now", "Passes", "1 certificate")
                .contains("1 session on this node.", "All of the 1 that the rule is for pass it.");
    }

    @Test
    void putsTheSessionsThatFailFirstWithTheReason() throws CertificateException {
        stage.peers.add(PeerSessionView.of(
                MemoryServerSession.trusted(Direction.OUTGOING, "a.example", List.of(certificate("CN=a", 9))), PASSES));
        stage.peers.add(PeerSessionView.of(
                MemoryServerSession.plain(Direction.INCOMING, "z.example"),
                new JudgementView(Mode.OBSERVE, List.of("the connection to it is not encrypted"))));

        String html = look();

        assertThat(html.indexOf("z.example")).isLessThan(html.indexOf("a.example"));
        assertThat(html).contains("None: plain text", "Would be stopped", "the connection to it is not encrypted");
        assertThat(html).contains("1 of them fails the rule.");
    }

    @Test
    void saysWhenACertificateHasExpired() throws CertificateException {
        stage.peers.add(PeerSessionView.of(
                MemoryServerSession.trusted(Direction.OUTGOING, "old.example", List.of(certificate("CN=old", -3))),
                new JudgementView(Mode.ENFORCE, List.of("its certificate has expired"))));

        assertThat(look()).contains("expired on 2026-11-19", "Stopped");
    }

    @Test
    void escapesWhateverAPeerSends() throws CertificateException {
        X509Certificate hostile = certificate("CN=\"<script>alert(1)</script>\"", 30);
        when(hostile.getSubjectAlternativeNames()).thenReturn(List.of(List.of(2, Stage.HOSTILE)));
        stage.peers.add(PeerSessionView.of(
                new MemoryServerSession(
                        "id",
                        Direction.INCOMING,
                        Set.of(Stage.HOSTILE),
                        Set.of(Stage.HOSTILE),
                        Stage.HOSTILE,
                        Stage.HOSTILE,
                        List.of(hostile),
                        Stage.HOSTILE,
                        ServerSession.Authentication.DIALBACK,
                        List.of()),
                new JudgementView(Mode.OBSERVE, List.of(Stage.HOSTILE))));

        assertThat(look())
                .doesNotContain("<script>alert")
                .doesNotContain("<img src=x")
                .contains("&lt;script&gt;");
    }

    @Test
    void showsAsUnknownWhatTheHostCannotTell() {
        ServerSession unreadable = mock(ServerSession.class, call -> {
            throw new HostException("gone");
        });
        org.mockito.Mockito.doReturn(Direction.OUTGOING).when(unreadable).direction();
        stage.peers.add(PeerSessionView.of(unreadable, new JudgementView(Mode.OFF, List.of())));

        assertThat(look()).contains("unknown", "Not judged");
    }

    @Test
    void showsACertificateWhoseNamesCannotBeRead() throws CertificateException {
        X509Certificate odd = certificate("CN=odd", 30);
        when(odd.getSubjectAlternativeNames()).thenThrow(new CertificateParsingException("odd"));
        stage.peers.add(PeerSessionView.of(
                MemoryServerSession.trusted(Direction.OUTGOING, "odd.example", List.of(odd)), PASSES));

        assertThat(look()).contains("odd.example");
    }

    private String look() {
        return admin.get(stage.page("federation"), Map.of()).html();
    }

    private static X509Certificate certificate(String subject, long validDays) throws CertificateException {
        X509Certificate certificate = mock(X509Certificate.class);
        when(certificate.getSubjectX500Principal()).thenReturn(new X500Principal(subject));
        when(certificate.getIssuerX500Principal()).thenReturn(new X500Principal("CN=Test CA"));
        when(certificate.getNotBefore()).thenReturn(Date.from(Stage.NOW.minus(Duration.ofDays(60))));
        when(certificate.getNotAfter()).thenReturn(Date.from(Stage.NOW.plus(Duration.ofDays(validDays))));
        when(certificate.getEncoded()).thenReturn(new byte[] {1, 2, 3});
        return certificate;
    }
}
