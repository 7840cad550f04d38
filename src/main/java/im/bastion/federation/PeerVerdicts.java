// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation;

import im.bastion.federation.observe.Sighting;
import im.bastion.federation.policy.FederationPolicy;
import im.bastion.federation.policy.PeerVerdict;
import im.bastion.host.ServerSession;
import im.bastion.host.ServerSessions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The verdicts already made, by session and remote domain. A look-up of a known one costs two hash look-ups and allocates
 * nothing; a verdict of another policy than the one asked for is never returned. Thread-safe.
 *
 * <p>Holds at most 100,000 sessions with 1,000 domains each; what is beyond is judged anew each time.
 */
final class PeerVerdicts {
    private static final Logger LOG = LoggerFactory.getLogger(PeerVerdicts.class);
    private static final int MAX_SESSIONS = 100_000;
    private static final int MAX_DOMAINS = 1_000;
    private static final String UNREADABLE = "what its connection uses cannot be read";

    /** What one policy says of one session. */
    private record Known(FederationPolicy policy, Map<String, PeerVerdict> byDomain) {}

    private final ServerSessions sessions;
    private final InstantSource clock;
    private final Consumer<Sighting> sightings;
    private final Map<String, Known> bySession = new ConcurrentHashMap<>();

    /** @param sightings is told of every session that is read */
    PeerVerdicts(ServerSessions sessions, Consumer<Sighting> sightings, InstantSource clock) {
        this.sessions = sessions;
        this.clock = clock;
        this.sightings = sightings;
    }

    /** The policy's verdict on the session as the way to or from the domain. Never throws for a session it cannot read. */
    PeerVerdict of(FederationPolicy policy, ServerSession session, String domain) {
        Known known = bySession.get(session.id());
        if (known != null && known.policy == policy) {
            PeerVerdict verdict = known.byDomain.get(domain);
            if (verdict != null) {
                return verdict;
            }
        }
        return judge(policy, session, domain);
    }

    /** Forgets sessions that no longer live and verdicts whose time has come. */
    void tidy(Set<String> live, Instant now) {
        bySession.keySet().retainAll(live);
        bySession.values().forEach(known -> known.byDomain.values().removeIf(v -> v.validUntil()
                .isBefore(now)));
    }

    private PeerVerdict judge(FederationPolicy policy, ServerSession session, String domain) {
        PeerVerdict verdict;
        try {
            // Not kept: a component may come and go, and then its name is somebody else's.
            if (sessions.isLocal(domain)) {
                return PeerVerdict.NOT_POLICED;
            }
            Sighting sighting = Sighting.read(session, domain);
            sightings.accept(sighting);
            verdict = policy.judge(sighting.facts(), clock.instant());
        } catch (RuntimeException e) {
            LOG.warn("The TLS data of {} ({}) cannot be read", session.id(), domain, e);
            verdict = policy.judgeUnknown(session.direction(), domain, UNREADABLE, clock.instant());
        }
        keep(policy, session.id(), domain, verdict);
        return verdict;
    }

    private void keep(FederationPolicy policy, String session, String domain, PeerVerdict verdict) {
        if (bySession.size() >= MAX_SESSIONS && !bySession.containsKey(session)) {
            return;
        }
        Known known = bySession.compute(
                session,
                (id, old) -> old != null && old.policy == policy ? old : new Known(policy, new ConcurrentHashMap<>()));
        if (known.byDomain.size() < MAX_DOMAINS) {
            known.byDomain.put(domain, verdict);
        }
    }
}
