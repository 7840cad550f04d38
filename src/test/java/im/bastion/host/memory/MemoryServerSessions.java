// SPDX-License-Identifier: Apache-2.0
package im.bastion.host.memory;

import im.bastion.host.ServerSession;
import im.bastion.host.ServerSession.Direction;
import im.bastion.host.ServerSessions;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Sessions that a test opens and closes. */
public final class MemoryServerSessions implements ServerSessions {
    private final List<ServerSession> sessions = new CopyOnWriteArrayList<>();

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

    /** A session is there. */
    public void open(ServerSession session) {
        sessions.add(session);
    }

    /** A session is gone. */
    public void end(ServerSession session) {
        sessions.remove(session);
    }
}
