// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.key;

import static im.bastion.federation.key.Seen.CA;
import static im.bastion.federation.key.Seen.NOW;
import static im.bastion.federation.key.Seen.PEER;
import static im.bastion.federation.key.Seen.valid;
import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.federation.tls.CertificateSummary;
import im.bastion.host.ServerSession.Direction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CertificateCheckTest {
    private static final PeerKeys OWN = PeerKeys.unseen("", Direction.OUTGOING, NOW);

    private static PeerKeys peer(Instant until) {
        return PeerKeys.unseen(PEER, Direction.OUTGOING, NOW).seen(valid("a").sighting(PEER, until), CA, NOW);
    }

    private static List<KeyChange> own(CertificateSummary leaf, int days) {
        return CertificateCheck.own(OWN, List.of(leaf), days, NOW).stream()
                .map(KeyAlert::change)
                .toList();
    }

    private static CertificateSummary leaf(Instant until, String... usages) {
        return Seen.leaf("a", "c", until, List.of(usages));
    }

    @Test
    void tellsOfAPeersCertificateBeforeItEnds() {
        PeerKeys soon = peer(NOW.plus(Duration.ofDays(6)));

        assertThat(CertificateCheck.peer(soon, 7, NOW)).singleElement().satisfies(alert -> {
            assertThat(alert.change()).isEqualTo(KeyChange.EXPIRING);
            assertThat(alert.detail()).isEqualTo("2026-12-01");
        });
        assertThat(CertificateCheck.peer(soon, 5, NOW)).isEmpty();
        assertThat(CertificateCheck.peer(soon, 0, NOW)).isEmpty();
        assertThat(CertificateCheck.peer(peer(NOW.minusSeconds(1)), 7, NOW)).isEmpty();
    }

    @Test
    void aShortLivedCertificateIsToldOfInItsLastThirdOnly() {
        CertificateSummary six = new CertificateSummary(
                "CN=x",
                "CN=y",
                List.of(),
                0,
                NOW.minus(Duration.ofDays(3)),
                NOW.plus(Duration.ofDays(3)),
                List.of(),
                "EC 256",
                "SHA256withECDSA",
                "a",
                "c");

        assertThat(own(six, 14)).isEmpty();
        assertThat(CertificateCheck.own(OWN, List.of(six), 14, NOW.plus(Duration.ofHours(25))))
                .hasSize(1);
    }

    @Test
    void tellsOfThisServersCertificates() {
        assertThat(own(leaf(NOW.plus(Duration.ofDays(60))), 14)).isEmpty();
        assertThat(own(leaf(NOW.plus(Duration.ofDays(13))), 14)).containsExactly(KeyChange.OWN_EXPIRING);
        assertThat(own(leaf(NOW.minusSeconds(1)), 14)).containsExactly(KeyChange.OWN_EXPIRED);
        assertThat(own(leaf(NOW.minusSeconds(1)), 0)).containsExactly(KeyChange.OWN_EXPIRED);
    }

    @Test
    void tellsOfACertificateThatStrictPeersTakeForNoClients() {
        Instant later = NOW.plus(Duration.ofDays(60));

        assertThat(own(leaf(later, "serverAuth"), 14)).containsExactly(KeyChange.OWN_NOT_FOR_CLIENTS);
        assertThat(own(leaf(later, "serverAuth", "clientAuth"), 14)).isEmpty();
        assertThat(own(leaf(later, "any"), 14)).isEmpty();
    }

    @Test
    void whatIsToldIsOverWhenTheCertificateIsReplacedAndToldOnceWhileItIsNot() {
        CertificateSummary old = leaf(NOW.plus(Duration.ofDays(3)));
        PeerKeys told = OWN.checked(CertificateCheck.own(OWN, List.of(old), 14, NOW));
        PeerKeys later = told.checked(CertificateCheck.own(told, List.of(old), 14, NOW.plus(Duration.ofDays(1))));
        assertThat(later).isSameAs(told);

        PeerKeys replaced = told.checked(List.of());

        assertThat(replaced.alerts()).singleElement().satisfies(alert -> assertThat(alert.state())
                .isEqualTo(KeyAlert.State.OVER));
    }

    @Test
    void whatWasAcceptedIsNotToldAgainThoughItStillHolds() {
        List<KeyAlert> now =
                CertificateCheck.own(OWN, List.of(leaf(NOW.plus(Duration.ofDays(60)), "serverAuth")), 14, NOW);
        PeerKeys told = OWN.checked(now);
        PeerKeys accepted = told.decided(told.alerts().get(0).id(), KeyAlert.State.ACCEPTED, "admin");

        assertThat(accepted.checked(now)).isSameAs(accepted);
    }
}
