// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire;

import im.bastion.host.ServerSession;
import im.bastion.host.ServerSessions;
import im.bastion.openfire.compat.Probe;
import im.bastion.openfire.compat.S2sAuthentication;
import im.bastion.openfire.compat.TlsBeginning;
import im.bastion.openfire.compat.TlsProtocol;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jivesoftware.openfire.SessionManager;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.session.DomainPair;
import org.jivesoftware.openfire.session.IncomingServerSession;
import org.jivesoftware.openfire.session.LocalSession;
import org.jivesoftware.openfire.session.OutgoingServerSession;
import org.jivesoftware.openfire.spi.ConnectionType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.JID;
import org.xmpp.packet.StreamError;

/**
 * Openfire's server-to-server sessions of this node. Each of them is wrapped once and keeps its wrapper, and with it its
 * name, for as long as it lives. Thread-safe; reading takes no lock of ours.
 */
final class OpenfireServerSessions implements ServerSessions {
    private static final Logger LOG = LoggerFactory.getLogger(OpenfireServerSessions.class);
    private static final int MAX_CLOSERS = 8;

    private final XMPPServer server;
    private final SessionManager manager;
    private final TlsProtocol tlsProtocol;
    private final S2sAuthentication authentication;
    private final TlsBeginning beginning;
    private final PeerTrust trust;
    private final Map<org.jivesoftware.openfire.session.ServerSession, OpenfireServerSession> wrappers =
            new ConcurrentHashMap<>();
    private final AtomicLong number = new AtomicLong();

    /**
     * Writing to a peer that does not read blocks in Openfire 4.2, so closing has threads of its own. They end soon after
     * their work.
     */
    private final ThreadPoolExecutor closers =
            new ThreadPoolExecutor(0, MAX_CLOSERS, 1, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                Thread thread = new Thread(task, "bastion-s2s-close");
                thread.setDaemon(true);
                return thread;
            });

    OpenfireServerSessions(XMPPServer server, Probe probe) {
        this.server = server;
        this.manager = server.getSessionManager();
        this.tlsProtocol = TlsProtocol.bind(probe);
        this.authentication = S2sAuthentication.bind(probe);
        this.beginning = TlsBeginning.bind(probe);
        probe.method("s2s.domain-pairs", "federation", SessionManager.class, "getOutgoingDomainPairs", Probe.takes());
        this.trust = new PeerTrust(
                () -> server.getCertificateStoreManager()
                        .getTrustStore(ConnectionType.SOCKET_S2S)
                        .getStore(),
                Clock.systemUTC());
    }

    /** The view of one of Openfire's local sessions, the same one at every call; asked for each leaving stanza. */
    ServerSession of(org.jivesoftware.openfire.session.ServerSession session) {
        OpenfireServerSession wrapper = wrappers.get(session);
        return wrapper != null ? wrapper : wrap(session);
    }

    @Override
    public List<ServerSession> all() {
        wrappers.values().removeIf(OpenfireServerSession::isClosed);
        Set<ServerSession> found = new LinkedHashSet<>();
        for (String domain : List.copyOf(manager.getIncomingServers())) {
            found.addAll(incoming(domain));
        }
        for (DomainPair pair : List.copyOf(manager.getOutgoingDomainPairs())) {
            OutgoingServerSession session = manager.getOutgoingServerSession(pair);
            if (session instanceof LocalSession && !session.isClosed()) {
                found.add(of(session));
            }
        }
        return List.copyOf(found);
    }

    @Override
    public List<ServerSession> incoming(String remoteDomain) {
        List<IncomingServerSession> sessions = manager.getIncomingServerSessions(remoteDomain);
        List<ServerSession> found = new ArrayList<>(sessions.size());
        for (IncomingServerSession session : sessions) {
            if (session instanceof LocalSession) {
                found.add(of(session));
            }
        }
        return found;
    }

    @Override
    public boolean isLocal(String domain) {
        JID jid = new JID(null, domain, null, true);
        return server.isLocal(jid) || server.matchesComponent(jid);
    }

    @Override
    public String authority(List<X509Certificate> chain) {
        return trust.authority(chain);
    }

    @Override
    public String distrust(List<X509Certificate> chain) {
        return trust.distrust(chain);
    }

    TlsProtocol tlsProtocol() {
        return tlsProtocol;
    }

    S2sAuthentication authentication() {
        return authentication;
    }

    TlsBeginning beginning() {
        return beginning;
    }

    PeerTrust trust() {
        return trust;
    }

    /** Closes on another thread; when all of them are held up by peers that do not read, the caller tries again later. */
    void close(org.jivesoftware.openfire.session.ServerSession session, String reason) {
        try {
            closers.execute(() -> closeNow(session, reason));
        } catch (RejectedExecutionException e) {
            LOG.debug("All {} closing threads are busy; {} stays for now", MAX_CLOSERS, session, e);
        }
    }

    private static void closeNow(org.jivesoftware.openfire.session.ServerSession session, String reason) {
        try {
            session.deliverRawText(new StreamError(StreamError.Condition.policy_violation, reason).toXML());
        } catch (RuntimeException e) {
            LOG.debug("The peer of {} could not be told why its session is closed", session, e);
        } finally {
            session.close();
        }
    }

    private OpenfireServerSession wrap(org.jivesoftware.openfire.session.ServerSession session) {
        wrappers.values().removeIf(OpenfireServerSession::isClosed);
        return wrappers.computeIfAbsent(session, s -> {
            String direction = s instanceof OutgoingServerSession ? "out-" : "in-";
            return new OpenfireServerSession(direction + number.incrementAndGet(), s, this);
        });
    }
}
