// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.host.HostException;
import im.bastion.host.ServerSession;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * A live server-to-server session, read once.
 *
 * @param localDomains on our side, in alphabetical order; likewise {@code remoteDomains}
 * @param encrypted null when the host cannot tell
 * @param address empty when unknown; likewise {@code tlsProtocol} and {@code cipherSuite}
 * @param since null when unknown
 * @param certificate null when the peer sent none or the host cannot tell
 */
public record PeerSessionView(
        ServerSession.Direction direction,
        List<String> localDomains,
        List<String> remoteDomains,
        String address,
        Boolean encrypted,
        String tlsProtocol,
        String cipherSuite,
        ServerSession.Authentication authentication,
        Instant since,
        CertificateView certificate,
        JudgementView verdict) {
    /** Reads the session; what the host cannot tell is shown as unknown. */
    public static PeerSessionView of(ServerSession session, JudgementView verdict) {
        List<X509Certificate> chain = told(session::peerCertificates, List.of());
        return new PeerSessionView(
                session.direction(),
                sorted(told(session::localDomains, Set.of())),
                sorted(told(session::remoteDomains, Set.of())),
                told(session::address, ""),
                told(session::encrypted, null),
                told(session::tlsProtocol, ""),
                told(session::cipherSuite, ""),
                told(session::authentication, ServerSession.Authentication.UNKNOWN),
                told(session::since, null),
                chain.isEmpty() ? null : CertificateView.of(chain, told(session::distrust, "?")),
                verdict);
    }

    private static <T> T told(Supplier<T> fact, T unknown) {
        try {
            return fact.get();
        } catch (HostException e) {
            return unknown;
        }
    }

    private static List<String> sorted(Set<String> domains) {
        return List.copyOf(new TreeSet<>(domains));
    }
}
