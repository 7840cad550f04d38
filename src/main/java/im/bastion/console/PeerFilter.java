// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.federation.observe.PeerProfile;
import im.bastion.federation.tls.StreamFacts;
import im.bastion.host.ServerSession.Authentication;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * Which peers the table shows and in which order, as it stands in the address.
 *
 * @param text part of the domain; empty for all
 * @param tls "plain", "TLSv1.2", …; empty for all
 * @param authentication "external" or "dialback"; empty for all
 * @param sort one of {@link #SORTS}
 */
public record PeerFilter(String text, String tls, String authentication, String sort) {
    /** The columns to sort by, the first unless another is asked for. */
    public static final List<String> SORTS = List.of("seen", "domain", "tls", "certificate");

    private static final String PLAIN = "plain";

    static PeerFilter of(Form address) {
        String sort = address.text("sort");
        return new PeerFilter(
                address.text("q").toLowerCase(Locale.ROOT),
                address.text("tls"),
                address.text("auth"),
                SORTS.contains(sort) ? sort : SORTS.get(0));
    }

    List<PeerProfile> apply(Stream<PeerProfile> peers) {
        return peers.filter(this::shows).sorted(order()).toList();
    }

    /** The address of the same table with another page or order. */
    public String address(String sortBy, int page) {
        return "bastion-peers.jsp?q=" + encoded(text) + "&tls=" + encoded(tls) + "&auth=" + encoded(authentication)
                + "&sort=" + sortBy + "&page=" + page;
    }

    /** The version of TLS as the filter names it. */
    static String tlsOf(StreamFacts facts) {
        return facts == null ? "" : facts.encrypted() ? facts.protocol() : PLAIN;
    }

    private boolean shows(PeerProfile peer) {
        StreamFacts facts = peer.lastFacts();
        return peer.domain().toLowerCase(Locale.ROOT).contains(text)
                && (tls.isEmpty() || tlsOf(facts).equals(tls))
                && (authentication.isEmpty()
                        || (facts != null
                                && facts.authentication()
                                        == Authentication.EXTERNAL
                                        == authentication.equals("external")));
    }

    private Comparator<PeerProfile> order() {
        Comparator<PeerProfile> byDomain = Comparator.comparing(PeerProfile::domain);
        return switch (sort) {
            case "domain" -> byDomain;
            case "tls" ->
                Comparator.comparing((PeerProfile peer) -> tlsRank(peer.lastFacts()))
                        .thenComparing(byDomain);
            case "certificate" ->
                Comparator.comparing((PeerProfile peer) -> certificateRank(peer.lastFacts()))
                        .thenComparing(byDomain);
            default -> Comparator.comparing(PeerProfile::lastSeen).reversed().thenComparing(byDomain);
        };
    }

    /** The weakest first. */
    private static String tlsRank(StreamFacts facts) {
        return facts == null ? "~" : facts.protocol();
    }

    /** Those that are not trusted first. */
    private static int certificateRank(StreamFacts facts) {
        return facts != null && facts.distrust() != null ? 0 : 1;
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
