// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.key;

import im.bastion.federation.tls.CertificateSummary;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** Says what is to be told of certificates while they are in use. Pure. */
final class CertificateCheck {
    /**
     * Of a certificate that lives for days only, the last days are most of its life: then the last third counts. Ninety days
     * renewed after sixty never come that near.
     */
    private static final int SHORT_LIVED_PART = 3;

    private CertificateCheck() {}

    /** Whether the peer's latest certificate ends within so many days; what has ended is told when it is presented. */
    static List<KeyAlert> peer(PeerKeys peer, int days, Instant now) {
        KnownKey key = peer.latest();
        if (key == null || now.isAfter(key.notAfter()) || !endsSoon(key.notBefore(), key.notAfter(), days, now)) {
            return List.of();
        }
        return List.of(KeyAlert.of(peer, KeyChange.EXPIRING, "", key.certificate(), date(key.notAfter()), now));
    }

    /** What there is to tell of this server's own certificates. */
    static List<KeyAlert> own(PeerKeys own, List<CertificateSummary> certificates, int days, Instant now) {
        List<KeyAlert> alerts = new ArrayList<>();
        for (CertificateSummary leaf : certificates) {
            if (now.isAfter(leaf.notAfter())) {
                alerts.add(alert(own, KeyChange.OWN_EXPIRED, leaf, date(leaf.notAfter()), now));
            } else if (endsSoon(leaf.notBefore(), leaf.notAfter(), days, now)) {
                alerts.add(alert(own, KeyChange.OWN_EXPIRING, leaf, date(leaf.notAfter()), now));
            }
            if (!leaf.isForClients()) {
                alerts.add(alert(own, KeyChange.OWN_NOT_FOR_CLIENTS, leaf, String.join(", ", leaf.usages()), now));
            }
        }
        return alerts;
    }

    private static KeyAlert alert(PeerKeys own, KeyChange change, CertificateSummary leaf, String detail, Instant now) {
        return KeyAlert.of(own, change, leaf.subject(), leaf.sha256(), detail, now);
    }

    private static boolean endsSoon(Instant from, Instant until, int days, Instant now) {
        Duration part = Duration.between(from, until).dividedBy(SHORT_LIVED_PART);
        Duration window = Duration.ofDays(days);
        return now.plus(part.compareTo(window) < 0 ? part : window).isAfter(until);
    }

    private static String date(Instant time) {
        return time.atOffset(ZoneOffset.UTC).toLocalDate().toString();
    }
}
