// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation;

import im.bastion.federation.policy.PeerVerdict;
import im.bastion.host.HostException;
import im.bastion.host.ServerSession;
import im.bastion.host.ServerSession.Direction;
import im.bastion.policy.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes sessions on which every domain is refused, so that the next stanza has a chance of a better one. A session with
 * one allowed domain stays; its refused stanzas are stopped one by one. Asked on the server's threads, acts on its own.
 */
final class SessionCloser {
    private static final Logger LOG = LoggerFactory.getLogger(SessionCloser.class);
    private static final int MAX_PENDING = 100_000;

    private record Pending(ServerSession session, Instant due) {}

    private final Map<String, Pending> pending = new ConcurrentHashMap<>();
    private final PeerVerdicts verdicts;
    private final PolicyInForce policy;
    private final DecisionLog log;
    private final Supplier<Duration> retryPause;
    private final Clock clock;

    SessionCloser(
            PeerVerdicts verdicts, PolicyInForce policy, DecisionLog log, Supplier<Duration> retryPause, Clock clock) {
        this.verdicts = verdicts;
        this.policy = policy;
        this.log = log;
        this.retryPause = retryPause;
        this.clock = clock;
    }

    /** Something on this session was refused: see to it, soon if it came in, after the retry pause if it goes out. */
    void consider(ServerSession session) {
        if (pending.containsKey(session.id()) || pending.size() >= MAX_PENDING) {
            return;
        }
        Instant now = clock.instant();
        Instant due = session.direction() == Direction.INCOMING ? now : now.plus(retryPause.get());
        pending.putIfAbsent(session.id(), new Pending(session, due));
    }

    /** Closes what is due. */
    void run() {
        Instant now = clock.instant();
        pending.forEach((id, entry) -> {
            if (!now.isBefore(entry.due())) {
                pending.remove(id);
                try {
                    closeIfNothingIsAllowed(entry.session());
                } catch (HostException e) {
                    LOG.debug("{} stays open: it cannot be read", id, e);
                }
            }
        });
    }

    private void closeIfNothingIsAllowed(ServerSession session) {
        Set<String> domains = session.remoteDomains();
        PeerVerdict first = null;
        for (String domain : domains) {
            PeerVerdict verdict = verdicts.of(policy.current(), session, domain);
            if (verdict.standing() != PeerVerdict.Standing.REFUSED) {
                return;
            }
            first = first == null ? verdict : first;
        }
        if (first != null && first.verdict() instanceof Verdict.Reject reject) {
            session.close(reject.refusal().text());
            log.closed(session.direction(), domains.iterator().next(), first);
        }
    }
}
