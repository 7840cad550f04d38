// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.federation.FederationServices;
import im.bastion.federation.observe.PeerDay;
import im.bastion.federation.observe.PeerProfile;
import im.bastion.federation.observe.Shape;
import im.bastion.federation.tls.CertificateSummary;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One peer: its latest sessions with their chains, and what was seen of it day by day.
 *
 * @param domain as it was asked for
 * @param peer null when it is not known
 * @param days newest first; null when the database cannot be asked now
 * @param chains by certificate, those the latest sessions used
 */
public record PeerDetail(
        String domain, PeerProfile peer, List<PeerDay> days, Map<String, List<CertificateSummary>> chains) {
    private static final Logger LOG = LoggerFactory.getLogger(PeerDetail.class);

    /** Asks the database. */
    static PeerDetail of(FederationServices federation, String domain) {
        PeerProfile peer = federation.history().peer(domain);
        if (peer == null) {
            return new PeerDetail(domain, null, List.of(), Map.of());
        }
        try {
            Map<String, List<CertificateSummary>> chains = new HashMap<>();
            for (Shape shape : latest(peer)) {
                if (!shape.certificate().isEmpty()) {
                    chains.put(shape.certificate(), federation.store().chain(shape.certificate()));
                }
            }
            return new PeerDetail(domain, peer, federation.store().days(domain), chains);
        } catch (SQLException e) {
            LOG.warn("The history of {} cannot be read", domain, e);
            return new PeerDetail(domain, peer, null, Map.of());
        }
    }

    /** The last session in each direction in which there was one. */
    public List<Shape> latest() {
        return latest(peer);
    }

    /** The chain that a session presented; empty when there was none or it is not known any more. */
    public List<CertificateSummary> chain(Shape shape) {
        return chains.getOrDefault(shape.certificate(), List.of());
    }

    private static List<Shape> latest(PeerProfile peer) {
        return Stream.of(peer.incoming(), peer.outgoing())
                .filter(Objects::nonNull)
                .toList();
    }
}
