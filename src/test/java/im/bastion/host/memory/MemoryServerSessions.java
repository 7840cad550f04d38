// SPDX-License-Identifier: Apache-2.0
package im.bastion.host.memory;

import im.bastion.host.ServerSession;
import im.bastion.host.ServerSession.Direction;
import im.bastion.host.ServerSessions;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Sessions that a test opens and closes. */
public final class MemoryServerSessions implements ServerSessions {
    private final List<ServerSession> sessions = new CopyOnWriteArrayList<>();
    private final List<X509Certificate> trusted = new CopyOnWriteArrayList<>();

    @Override
    public List<ServerSession> all() {
        return List.copyOf(sessions);
    }

    @Override
    public List<ServerSession> incoming(String remoteDomain) {
        return sessions.stream()
                .filter(s -> s.direction() == Direction.INCOMING)
                .filter(s -> s.remoteDomains().contains(remoteDomain))
                .toList();
    }

    @Override
    public boolean isLocal(String domain) {
        return domain.equals(MemoryHost.DOMAIN) || domain.endsWith("." + MemoryHost.DOMAIN);
    }

    /** Everybody is trusted who signed a chain's last certificate. */
    @Override
    public String authority(List<X509Certificate> chain) {
        return chain.isEmpty()
                ? ""
                : chain.get(chain.size() - 1).getIssuerX500Principal().getName();
    }

    /** Whoever's chain has a certificate that {@link #trust} was told of is trusted, while the first is valid. */
    @Override
    public String distrust(List<X509Certificate> chain) {
        if (chain.isEmpty()) {
            return "it presented no certificate";
        }
        try {
            chain.get(0).checkValidity();
        } catch (CertificateException e) {
            return "its certificate is not valid now";
        }
        return chain.stream().anyMatch(trusted::contains) ? null : "its certificate was issued by nobody we trust";
    }

    /** Whoever this one has certified is trusted. */
    public void trust(X509Certificate authority) {
        trusted.add(authority);
    }

    /** A session is there. */
    public void open(ServerSession session) {
        sessions.add(session);
    }

    /** A session is gone. */
    public void end(ServerSession session) {
        sessions.remove(session);
    }
}
