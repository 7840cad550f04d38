// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation;

import im.bastion.federation.observe.PeerTraffic;
import im.bastion.federation.policy.PeerVerdict;
import im.bastion.gate.Guard;
import im.bastion.gate.Interest;
import im.bastion.gate.Passage;
import im.bastion.host.Point;
import im.bastion.host.ServerSession;
import im.bastion.host.ServerSession.Direction;
import im.bastion.host.ServerSessions;
import im.bastion.policy.FailMode;
import im.bastion.policy.Verdict;
import java.time.InstantSource;
import java.util.List;
import org.xmpp.packet.JID;

/**
 * Stops stanzas on their way to or from a peer whose session the policy refuses. Outgoing ones are judged by the very
 * session they are about to be written to; the host does not tell over which session an incoming one came, so every
 * session on which its sender's domain may speak must be fine.
 */
final class FederationGuard implements Guard {
    private static final String SESSION_GONE = "the connection that the stanza came over is gone";

    private final ServerSessions sessions;
    private final PolicyInForce policy;
    private final PeerVerdicts verdicts;
    private final SessionCloser closer;
    private final DecisionLog log;
    private final PeerTraffic traffic;
    private final InstantSource clock;

    FederationGuard(
            ServerSessions sessions,
            PolicyInForce policy,
            PeerVerdicts verdicts,
            SessionCloser closer,
            DecisionLog log,
            PeerTraffic traffic,
            InstantSource clock) {
        this.sessions = sessions;
        this.policy = policy;
        this.verdicts = verdicts;
        this.closer = closer;
        this.log = log;
        this.traffic = traffic;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "federation";
    }

    /** Closed where a rule in enforce could have refused the stanza: who only observes stops nothing by a fault either. */
    @Override
    public FailMode failMode() {
        return policy.current().enforces() ? FailMode.CLOSED : FailMode.OPEN;
    }

    @Override
    public int interests(Point point) {
        return switch (point) {
            case LEAVING -> policy.current().observes() ? Interest.TO_PEER : 0;
            case ENTERING -> policy.current().observes() ? Interest.FROM_PEER : 0;
            case HANDLED, DELIVERING -> 0;
        };
    }

    @Override
    public Verdict judge(Passage passage) {
        if (passage.point() == Point.LEAVING) {
            String domain = domain(passage.to());
            return counted(Direction.OUTGOING, domain, passage, passage.from(), through(passage.peer(), domain));
        }
        return passage.point() == Point.ENTERING ? entering(passage) : Verdict.PASS;
    }

    private Verdict entering(Passage passage) {
        String domain = domain(passage.from());
        List<ServerSession> ways = sessions.incoming(domain);
        if (ways.isEmpty()) {
            return withoutSession(passage, domain);
        }
        Verdict worst = Verdict.PASS;
        // Not for-each: an iterator would be the only thing this path allocates.
        for (int i = 0; i < ways.size(); i++) {
            Verdict verdict = through(ways.get(i), domain);
            worst = verdict == Verdict.PASS ? worst : verdict;
        }
        return counted(Direction.INCOMING, domain, passage, passage.to(), worst);
    }

    private Verdict counted(Direction direction, String domain, Passage passage, JID user, Verdict verdict) {
        if (verdict == Verdict.PASS) {
            traffic.passed(direction, domain, passage.stanza(), user);
        } else {
            traffic.refused(direction, domain);
        }
        return verdict;
    }

    private Verdict through(ServerSession session, String domain) {
        PeerVerdict verdict = verdicts.of(policy.current(), session, domain);
        if (verdict.isClean()) {
            return Verdict.PASS;
        }
        log.refused(session.direction(), domain, verdict);
        if (verdict.standing() == PeerVerdict.Standing.REFUSED) {
            closer.consider(session);
        }
        return verdict.verdict();
    }

    /** The server's own errors in the name of a peer it could not reach come from no session; all else came over one. */
    private Verdict withoutSession(Passage passage, String domain) {
        if ("error".equals(passage.stanza().getElement().attributeValue("type"))) {
            traffic.failed(domain);
            return Verdict.PASS;
        }
        PeerVerdict verdict = policy.current().judgeUnknown(Direction.INCOMING, domain, SESSION_GONE, clock.instant());
        if (!verdict.isClean()) {
            log.refused(Direction.INCOMING, domain, verdict);
        }
        return counted(Direction.INCOMING, domain, passage, passage.to(), verdict.verdict());
    }

    private static String domain(JID jid) {
        return jid == null ? "" : jid.getDomain();
    }
}
