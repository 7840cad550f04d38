// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation;

import im.bastion.federation.policy.FederationPolicy;
import im.bastion.federation.policy.PeerVerdict;
import im.bastion.federation.rule.FederationRules;
import im.bastion.federation.tls.CertificateSummary;
import im.bastion.federation.tls.StreamFacts;
import im.bastion.host.HostException;
import im.bastion.host.ServerSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the console's rows from live sessions. A session that ends or cannot be read meanwhile is left out. */
final class PeerSessions {
    private static final Logger LOG = LoggerFactory.getLogger(PeerSessions.class);

    private PeerSessions() {}

    static List<PeerSession> read(List<ServerSession> sessions, FederationPolicy policy, PeerVerdicts verdicts) {
        List<PeerSession> rows = new ArrayList<>();
        for (ServerSession session : sessions) {
            try {
                Set<String> local = session.localDomains();
                for (String domain : session.remoteDomains()) {
                    rows.add(row(session, local, domain, verdicts.of(policy, session, domain)));
                }
            } catch (HostException e) {
                LOG.debug("{} cannot be shown", session.id(), e);
            }
        }
        return rows;
    }

    private static PeerSession row(ServerSession session, Set<String> local, String domain, PeerVerdict verdict) {
        StreamFacts facts = StreamFacts.read(session, domain);
        List<String> findings = FederationRules.baseline().stream()
                .map(rule -> rule.violation(facts))
                .flatMap(Optional::stream)
                .toList();
        return new PeerSession(
                session.id(),
                session.direction(),
                local,
                domain,
                session.address(),
                facts.protocol(),
                facts.cipher().name(),
                facts.authentication(),
                facts.establishment(),
                CertificateSummary.chain(session.peerCertificates()),
                findings,
                verdict.standing(),
                verdict.reason(),
                session.since());
    }
}
