// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.key;

import im.bastion.federation.observe.Sighting;
import im.bastion.federation.tls.CertificateSummary;
import im.bastion.federation.tls.CipherSuite;
import im.bastion.federation.tls.NameMatch;
import im.bastion.federation.tls.StreamFacts;
import im.bastion.host.ServerSession.Authentication;
import im.bastion.host.ServerSession.Direction;
import im.bastion.host.ServerSession.Establishment;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * A session as a test describes it.
 *
 * @param protocol empty for plain text
 * @param key empty when no certificate was sent
 * @param distrust null when the chain is trusted
 */
record Seen(String protocol, String key, String certificate, String distrust, Authentication authentication) {
    static final Instant NOW = Instant.parse("2026-11-25T00:00:00Z");
    static final String PEER = "peer.test";
    static final String CA = "Authority of the tests";

    /** TLS 1.3, SASL EXTERNAL and a valid certificate for that key. */
    static Seen valid(String key) {
        return new Seen("TLSv1.3", key, "certificate of " + key, null, Authentication.EXTERNAL);
    }

    static Seen selfSigned(String key) {
        return valid(key).distrust("its certificate is self-signed").dialback();
    }

    static Seen plain() {
        return new Seen("", "", "", "it presented no certificate", Authentication.DIALBACK);
    }

    Seen protocol(String other) {
        return new Seen(other, key, certificate, distrust, authentication);
    }

    Seen certificate(String other) {
        return new Seen(protocol, key, other, distrust, authentication);
    }

    Seen distrust(String reason) {
        return new Seen(protocol, key, certificate, reason, authentication);
    }

    Seen dialback() {
        return new Seen(protocol, key, certificate, distrust, Authentication.DIALBACK);
    }

    Sighting sighting() {
        return sighting(PEER, NOW.plus(Duration.ofDays(60)));
    }

    Sighting sighting(String domain, Instant until) {
        boolean sent = !key.isEmpty();
        StreamFacts facts = new StreamFacts(
                Direction.OUTGOING,
                domain,
                !protocol.isEmpty(),
                protocol,
                new CipherSuite(protocol.isEmpty() ? "" : "TLS_AES_256_GCM_SHA384"),
                protocol.isEmpty() ? Establishment.PLAIN : Establishment.STARTTLS,
                authentication,
                sent ? key : null,
                until,
                distrust,
                sent ? NameMatch.MATCHES : NameMatch.NONE);
        return new Sighting("s1", "192.0.2.1", facts, sent ? List.of(leaf(until)) : List.of(), List.of());
    }

    private CertificateSummary leaf(Instant until) {
        return leaf(key, certificate, until, List.of());
    }

    /** A certificate of ninety days. */
    static CertificateSummary leaf(String key, String certificate, Instant until, List<String> usages) {
        return new CertificateSummary(
                "CN=" + PEER,
                "CN=issuer",
                List.of("dNSName: " + PEER),
                1,
                until.minus(Duration.ofDays(90)),
                until,
                usages,
                "RSA 2048",
                "SHA256withRSA",
                key,
                certificate);
    }
}
