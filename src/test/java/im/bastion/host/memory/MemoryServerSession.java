// SPDX-License-Identifier: Apache-2.0
package im.bastion.host.memory;

import im.bastion.host.ServerSession;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A session as a test describes it.
 *
 * @param tlsProtocol empty for a plain session
 * @param distrust null when the chain is trusted
 * @param closed what it was closed with, filled by {@link #close}
 */
public record MemoryServerSession(
        String id,
        Direction direction,
        Set<String> localDomains,
        Set<String> remoteDomains,
        String tlsProtocol,
        String cipherSuite,
        List<X509Certificate> peerCertificates,
        String distrust,
        Authentication authentication,
        List<String> closed)
        implements ServerSession {

    /** A session over TLS 1.3 with SASL EXTERNAL and a trusted certificate, which the test gives. */
    public static MemoryServerSession trusted(Direction direction, String remote, List<X509Certificate> chain) {
        return new MemoryServerSession(
                remote + "-" + direction,
                direction,
                Set.of(MemoryHost.DOMAIN),
                Set.of(remote),
                "TLSv1.3",
                "TLS_AES_256_GCM_SHA384",
                chain,
                null,
                Authentication.EXTERNAL,
                new CopyOnWriteArrayList<>());
    }

    /** A plain session authenticated by dialback. */
    public static MemoryServerSession plain(Direction direction, String remote) {
        return new MemoryServerSession(
                remote + "-" + direction,
                direction,
                Set.of(MemoryHost.DOMAIN),
                Set.of(remote),
                "",
                "",
                List.of(),
                "no certificate",
                Authentication.DIALBACK,
                new CopyOnWriteArrayList<>());
    }

    @Override
    public boolean encrypted() {
        return !tlsProtocol.isEmpty();
    }

    @Override
    public Establishment establishment() {
        return encrypted() ? Establishment.STARTTLS : Establishment.PLAIN;
    }

    @Override
    public String address() {
        return "192.0.2.1";
    }

    @Override
    public Instant since() {
        return Instant.EPOCH;
    }

    @Override
    public void close(String reason) {
        closed.add(reason);
    }
}
