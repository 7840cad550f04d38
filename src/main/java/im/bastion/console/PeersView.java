// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.federation.observe.PeerProfile;
import im.bastion.federation.tls.StreamFacts;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/**
 * The peers that are known.
 *
 * @param peers null when the guard could not start, or one of them is shown
 * @param detail the one that is shown; null for the table
 */
public record PeersView(Frame frame, PeerFilter filter, Listing<PeerProfile> peers, PeerDetail detail) {
    /** The versions the table can be narrowed to. */
    public List<String> versions() {
        return List.of("plain", "TLSv1.3", "TLSv1.2", "TLSv1.1", "TLSv1");
    }

    /** "plain" or the version of TLS; empty when no session was ever seen. */
    public String tls(PeerProfile peer) {
        return PeerFilter.tlsOf(peer.lastFacts());
    }

    /** What is wrong with the certificate; empty when nothing is. */
    public String fault(PeerProfile peer) {
        StreamFacts facts = peer.lastFacts();
        return facts == null || facts.distrust() == null ? "" : facts.distrust();
    }

    /** The peer's page. */
    public String address(PeerProfile peer) {
        return frame.file() + "?domain=" + URLEncoder.encode(peer.domain(), StandardCharsets.UTF_8);
    }

    /** The day of the newest whole report, in UTC. */
    public String yesterday() {
        return LocalDate.ofInstant(frame.times().now(), ZoneOffset.UTC)
                .minusDays(1)
                .toString();
    }
}
