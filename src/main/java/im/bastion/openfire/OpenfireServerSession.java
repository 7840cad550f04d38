// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire;

import im.bastion.host.HostException;
import im.bastion.host.ServerSession;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jivesoftware.openfire.session.DomainPair;
import org.jivesoftware.openfire.session.IncomingServerSession;
import org.jivesoftware.openfire.session.OutgoingServerSession;

/** One of Openfire's server-to-server sessions, read anew at every call. Any thread. */
final class OpenfireServerSession implements ServerSession {
    private static final int ATTEMPTS = 5;

    /** A getter of the host that may throw anything. */
    @FunctionalInterface
    private interface Reading<T> {
        T read() throws Throwable;
    }

    private final String id;
    private final org.jivesoftware.openfire.session.ServerSession session;
    private final OpenfireServerSessions sessions;

    OpenfireServerSession(
            String id, org.jivesoftware.openfire.session.ServerSession session, OpenfireServerSessions sessions) {
        this.id = id;
        this.session = session;
        this.sessions = sessions;
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public Direction direction() {
        return session instanceof OutgoingServerSession ? Direction.OUTGOING : Direction.INCOMING;
    }

    @Override
    public Set<String> localDomains() {
        if (session instanceof OutgoingServerSession outgoing) {
            return names("local domains", outgoing::getOutgoingDomainPairs, DomainPair::getLocal);
        }
        String domain = reading("local domain", ((IncomingServerSession) session)::getLocalDomain);
        return domain == null ? Set.of() : Set.of(domain);
    }

    @Override
    public Set<String> remoteDomains() {
        return session instanceof OutgoingServerSession outgoing
                ? names("remote domains", outgoing::getOutgoingDomainPairs, DomainPair::getRemote)
                : names("remote domains", ((IncomingServerSession) session)::getValidatedDomains, Function.identity());
    }

    @Override
    public String address() {
        String address = reading("address", session::getHostAddress);
        return address == null ? "" : address;
    }

    @Override
    public boolean encrypted() {
        String suite = cipherSuite();
        return !suite.isEmpty() && !suite.contains("_WITH_NULL_");
    }

    @Override
    public String tlsProtocol() {
        return reading("TLS version", () -> sessions.tlsProtocol().of(session));
    }

    @Override
    public String cipherSuite() {
        String suite = reading("cipher suite", session::getCipherSuiteName);
        return suite == null || suite.equals("NONE") ? "" : suite;
    }

    @Override
    public List<X509Certificate> peerCertificates() {
        Certificate[] chain = reading("peer certificates", session::getPeerCertificates);
        List<X509Certificate> certificates = new ArrayList<>();
        for (Certificate certificate : chain == null ? new Certificate[0] : chain) {
            if (!(certificate instanceof X509Certificate x509)) {
                throw new HostException("A certificate of " + id + " is not an X.509 certificate");
            }
            certificates.add(x509);
        }
        return certificates;
    }

    @Override
    public String distrust() {
        return sessions.trust().distrust(peerCertificates());
    }

    @Override
    public Authentication authentication() {
        return reading("authentication", () -> sessions.authentication().of(session));
    }

    @Override
    public Establishment establishment() {
        if (!encrypted()) {
            return Establishment.PLAIN;
        }
        return reading("beginning", () -> sessions.beginning().of(session));
    }

    @Override
    public Instant since() {
        return reading("start", session::getCreationDate).toInstant();
    }

    @Override
    public void close(String reason) {
        sessions.close(session, reason);
    }

    /** Never throws: it is asked on the way of every first stanza. */
    boolean isClosed() {
        try {
            return session.isClosed();
        } catch (RuntimeException e) {
            return true;
        }
    }

    @Override
    public String toString() {
        return id;
    }

    /** The host's collections are plain hash sets that its own threads change: copy, and try again when one did. */
    private <T> Set<String> names(String what, Reading<Collection<T>> source, Function<T, String> name) {
        return reading(what, () -> {
            for (int attempt = 1; ; attempt++) {
                try {
                    return source.read().stream().map(name).collect(Collectors.toUnmodifiableSet());
                } catch (ConcurrentModificationException e) {
                    if (attempt == ATTEMPTS) {
                        throw e;
                    }
                }
            }
        });
    }

    private <T> T reading(String what, Reading<T> reading) {
        try {
            return reading.read();
        } catch (Error e) {
            throw e;
        } catch (Throwable e) {
            throw new HostException("Openfire cannot tell the " + what + " of " + id, e);
        }
    }
}
