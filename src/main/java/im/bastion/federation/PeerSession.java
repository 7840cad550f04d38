// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation;

import im.bastion.federation.policy.PeerVerdict;
import im.bastion.federation.tls.CertificateSummary;
import im.bastion.host.ServerSession.Authentication;
import im.bastion.host.ServerSession.Direction;
import im.bastion.host.ServerSession.Establishment;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * One live session as the way to or from one remote domain, as the console shows it. Domains and certificate texts come
 * from the peer and are not escaped.
 *
 * @param session its name, unique on this node
 * @param address the peer's IP address; empty when unknown
 * @param tlsProtocol empty on a plain session
 * @param cipherSuite empty on a plain session
 * @param chain as the peer sent it, leaf first; empty when it sent none
 * @param findings what the rules say of it, in force or not; empty when all is well
 * @param standing what the policy in force makes of it
 * @param reason what the policy objects to; empty when nothing
 */
public record PeerSession(
        String session,
        Direction direction,
        Set<String> localDomains,
        String remoteDomain,
        String address,
        String tlsProtocol,
        String cipherSuite,
        Authentication authentication,
        Establishment establishment,
        List<CertificateSummary> chain,
        List<String> findings,
        PeerVerdict.Standing standing,
        String reason,
        Instant since) {
    /** The peer's certificate; null when it sent none. */
    public CertificateSummary certificate() {
        return chain.isEmpty() ? null : chain.get(0);
    }
}
