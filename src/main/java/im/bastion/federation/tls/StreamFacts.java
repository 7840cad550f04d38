// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tls;

import im.bastion.host.ServerSession;
import im.bastion.host.ServerSession.Authentication;
import im.bastion.host.ServerSession.Direction;
import im.bastion.host.ServerSession.Establishment;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;

/**
 * What is known of one session as the way to or from one remote domain; a session that carries several domains has facts
 * for each. Immutable values, so that they can be kept and judged again long after the session.
 *
 * @param remoteDomain as it stands in the addresses of stanzas
 * @param protocol JSSE name of the TLS version; empty on a plain session
 * @param cipher with an empty name on a plain session
 * @param keySha256 of the peer's certificate, lowercase hex; null when it sent none
 * @param validUntil when the first certificate of the chain runs out, and what was judged must be judged again
 * @param distrust why the chain is not trusted, as the rest of a sentence about the peer; null when it is
 * @param name whether the leaf is for the remote domain
 */
public record StreamFacts(
        Direction direction,
        String remoteDomain,
        boolean encrypted,
        String protocol,
        CipherSuite cipher,
        Establishment establishment,
        Authentication authentication,
        String keySha256,
        Instant validUntil,
        String distrust,
        NameMatch name) {
    /**
     * Reads the session.
     *
     * @throws im.bastion.host.HostException when the host cannot tell; the caller treats that as the worst case
     */
    public static StreamFacts read(ServerSession session, String remoteDomain) {
        List<X509Certificate> chain = session.peerCertificates();
        return new StreamFacts(
                session.direction(),
                remoteDomain,
                session.encrypted(),
                session.tlsProtocol(),
                new CipherSuite(session.cipherSuite()),
                session.establishment(),
                session.authentication(),
                chain.isEmpty() ? null : CertificateSummary.keySha256(chain.get(0)),
                chain.stream()
                        .map(certificate -> certificate.getNotAfter().toInstant())
                        .min(Instant::compareTo)
                        .orElse(Instant.MAX),
                session.distrust(),
                chain.isEmpty() ? NameMatch.NONE : CertificateNames.match(chain.get(0), remoteDomain));
    }
}
