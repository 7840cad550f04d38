// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.fact;

import im.bastion.federation.tls.CertificateSummary;
import im.bastion.federation.tls.CipherSuite;
import im.bastion.federation.tls.NameMatch;
import java.util.List;
import java.util.Objects;

/**
 * A handshake that came to its end.
 *
 * @param protocol JSSE name of the version
 * @param application the protocol agreed on by ALPN; empty for none
 * @param chain leaf first, as sent; the first {@value #MAX_CHAIN}
 * @param distrust why the chain is not trusted, as the rest of a sentence about the peer; empty when it is
 * @param name whether the leaf is for the tested domain
 */
public record TlsFacts(
        String protocol,
        CipherSuite cipher,
        String application,
        List<CertificateSummary> chain,
        String distrust,
        NameMatch name) {
    private static final int MAX_CHAIN = 5;

    public TlsFacts {
        Objects.requireNonNull(protocol);
        Objects.requireNonNull(cipher);
        Objects.requireNonNull(application);
        Objects.requireNonNull(distrust);
        Objects.requireNonNull(name);
        chain = chain.stream().limit(MAX_CHAIN).toList();
    }

    /** Whether the platform's authorities vouch for the peer. */
    public boolean isTrusted() {
        return distrust.isEmpty() && name == NameMatch.MATCHES;
    }
}
