// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.federation.FederationServices;
import im.bastion.federation.key.KeyAlert;
import im.bastion.federation.key.PeerKeys;
import im.bastion.federation.observe.PeerDay;
import im.bastion.federation.observe.PeerProfile;
import im.bastion.federation.observe.Shape;
import im.bastion.federation.tls.CertificateSummary;
import java.sql.SQLException;
import java.util.Comparator;
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
 * @param keys that it was ever seen with, by direction
 */
public record PeerDetail(
        String domain,
        PeerProfile peer,
        List<PeerDay> days,
        Map<String, List<CertificateSummary>> chains,
        List<PeerKeys> keys) {
    private static final Logger LOG = LoggerFactory.getLogger(PeerDetail.class);

    /** Asks the database. */
    static PeerDetail of(FederationServices federation, String domain) {
        PeerProfile peer = federation.history().peer(domain);
        if (peer == null) {
            return new PeerDetail(domain, null, List.of(), Map.of(), List.of());
        }
        List<PeerKeys> keys = federation.keys().of(domain);
        try {
            Map<String, List<CertificateSummary>> chains = new HashMap<>();
            for (Shape shape : latest(peer)) {
                if (!shape.certificate().isEmpty()) {
                    chains.put(shape.certificate(), federation.store().chain(shape.certificate()));
                }
            }
            return new PeerDetail(domain, peer, federation.store().days(domain), chains, keys);
        } catch (SQLException e) {
            LOG.warn("The history of {} cannot be read", domain, e);
            return new PeerDetail(domain, peer, null, Map.of(), keys);
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

    /** What was told of its keys, newest first. */
    public List<KeyAlert> alerts() {
        return keys.stream()
                .flatMap(way -> way.alerts().stream())
                .sorted(Comparator.comparing(KeyAlert::raised).reversed())
                .toList();
    }

    private static List<Shape> latest(PeerProfile peer) {
        return Stream.of(peer.incoming(), peer.outgoing())
                .filter(Objects::nonNull)
                .toList();
    }
}
