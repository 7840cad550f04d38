// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.observe;

import im.bastion.federation.tls.CertificateSummary;
import im.bastion.federation.tls.StreamFacts;
import im.bastion.host.ServerSession;
import java.security.cert.X509Certificate;
import java.util.List;

/**
 * A session as it was seen, as the way to or from one domain.
 *
 * @param session its name, unique on this node while it runs
 * @param address of the peer; empty when the host does not know it
 * @param chain leaf first; empty when the peer sent none
 * @param certificates the chain as the peer sent it
 */
public record Sighting(
        String session,
        String address,
        StreamFacts facts,
        List<CertificateSummary> chain,
        List<X509Certificate> certificates) {
    /**
     * Reads a session.
     *
     * @throws im.bastion.host.HostException when the host cannot tell
     */
    public static Sighting read(ServerSession session, String remoteDomain) {
        List<X509Certificate> certificates = session.peerCertificates();
        return new Sighting(
                session.id(),
                session.address(),
                StreamFacts.read(session, remoteDomain),
                CertificateSummary.chain(certificates),
                certificates);
    }

    String domain() {
        return facts.remoteDomain();
    }
}
