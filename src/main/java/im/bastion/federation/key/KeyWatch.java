// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.key;

import im.bastion.audit.AuditEvent;
import im.bastion.audit.AuditTrail;
import im.bastion.federation.observe.Sighting;
import im.bastion.federation.tls.CertificateSummary;
import im.bastion.host.ServerSession.Direction;
import im.bastion.host.ServerSessions;
import im.bastion.metric.Counters;
import im.bastion.metric.Health;
import im.bastion.policy.Mode;
import im.bastion.policy.Severity;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows the keys of peers and tells when one changes. One thread watches, checks and synchronises, none of it on the way of
 * a stanza; admins ask and decide on any. Knows up to {@link #MAX_PEERS} peers and directions.
 */
public final class KeyWatch {
    /** How many peers and directions are known; those that come later are not watched. */
    public static final int MAX_PEERS = 40_000;

    private static final Logger LOG = LoggerFactory.getLogger(KeyWatch.class);
    private static final String PART = "federation.keys";
    private static final String GUARD = "federation";
    private static final int MAX_WAITING = 10_000;
    private static final Duration WRITTEN_AGE = Duration.ofDays(1);
    private static final Comparator<KeyAlert> NEWEST =
            Comparator.comparing(KeyAlert::raised).reversed().thenComparing(KeyAlert::id);

    /** A peer in one direction. This server's own certificates are under the empty domain. */
    private record Way(String domain, Direction direction) {}

    private static final Way OWN = new Way("", Direction.OUTGOING);

    private final KeyRecords records;
    private final ServerSessions sessions;
    private final AuditTrail audit;
    private final Health health;
    private final Clock clock;
    private final LongAdder raised;
    private final Map<Way, PeerKeys> peers = new ConcurrentHashMap<>();

    // Of the one thread.
    private final Map<Way, Instant> written = new HashMap<>();
    private final List<Sighting> waiting = new ArrayList<>();
    private boolean loaded;
    private Instant synchronised = Instant.EPOCH;
    private volatile boolean unreported;

    public KeyWatch(
            KeyRecords records,
            ServerSessions sessions,
            AuditTrail audit,
            Counters counters,
            Health health,
            Clock clock) {
        this.records = records;
        this.sessions = sessions;
        this.audit = audit;
        this.health = health;
        this.clock = clock;
        this.raised = counters.counter("federation.key-alerts");
    }

    /** Takes over what was known before; false while the database is away, and nothing can be compared. */
    public boolean load() {
        if (loaded) {
            return true;
        }
        Instant now = clock.instant();
        try {
            records.all(MAX_PEERS, this::merge);
            synchronised = now;
            loaded = true;
            waiting.forEach(this::begun);
            waiting.clear();
            count();
        } catch (SQLException e) {
            LOG.debug("What is known of keys cannot be read now", e);
        }
        return loaded;
    }

    /** A session has begun. Before what was known is loaded the first {@value #MAX_WAITING} wait for it. */
    public void begun(Sighting sighting) {
        if (!loaded) {
            if (waiting.size() < MAX_WAITING) {
                waiting.add(sighting);
            }
            return;
        }
        Way way = new Way(sighting.facts().remoteDomain(), sighting.facts().direction());
        if (peers.containsKey(way) || peers.size() < MAX_PEERS) {
            String authority = authority(way, sighting);
            change(way, known -> known.seen(sighting, authority, clock.instant()));
        }
    }

    /** Says how many alerts are open, when that may have changed. */
    public void report() {
        if (unreported) {
            unreported = false;
            count();
        }
    }

    /**
     * Looks at how long this server's certificates will last.
     *
     * @param days how long before its end that is told; 0 for when it has ended
     */
    public void checkOwn(List<CertificateSummary> own, int days) {
        change(OWN, known -> known.checked(CertificateCheck.own(known, own, days, clock.instant())));
    }

    /**
     * Looks at how long the peers' certificates will last.
     *
     * @param days how long before its end that is told; 0 for never
     */
    public void checkPeers(int days) {
        List.copyOf(peers.keySet()).stream()
                .filter(way -> !way.equals(OWN))
                .forEach(way ->
                        change(way, known -> known.checked(CertificateCheck.peer(known, days, clock.instant()))));
    }

    /** Takes over what other nodes have learned, writes what was not written for long, forgets who was not seen for long. */
    public void synchronise() {
        Instant now = clock.instant();
        try {
            records.since(synchronised, this::merge);
            synchronised = now;
        } catch (SQLException e) {
            LOG.debug("What other nodes know of keys cannot be read now", e);
        }
        peers.entrySet()
                .removeIf(entry -> !entry.getKey().equals(OWN)
                        && records.isOver(entry.getValue().last(), now));
        written.keySet().retainAll(peers.keySet());
        peers.forEach((way, peer) -> {
            Instant last = written.get(way);
            if (last == null || peer.last().isAfter(last.plus(WRITTEN_AGE))) {
                write(way, peer);
            }
        });
        count();
    }

    /** All alerts, newest first. */
    public List<KeyAlert> alerts() {
        return peers.values().stream()
                .flatMap(peer -> peer.alerts().stream())
                .sorted(NEWEST)
                .toList();
    }

    /** The alert of that id, or null. */
    public KeyAlert alert(String id) {
        return peers.values().stream()
                .flatMap(peer -> peer.alerts().stream())
                .filter(alert -> alert.id().equals(id))
                .findFirst()
                .orElse(null);
    }

    /** What is known of a domain, for each direction in which it was seen. */
    public List<PeerKeys> of(String domain) {
        return Stream.of(Direction.values())
                .map(direction -> peers.get(new Way(domain, direction)))
                .filter(Objects::nonNull)
                .toList();
    }

    /** Closes an open alert and says so in the audit log; false when it is not open any more. */
    public boolean decide(KeyAlert alert, KeyAlert.State decision, String admin) {
        AtomicBoolean decided = new AtomicBoolean();
        Way way = new Way(alert.domain(), alert.direction());
        peers.computeIfPresent(way, (w, known) -> {
            PeerKeys after = known.decided(alert.id(), decision, admin);
            if (!after.equals(known)) {
                decided.set(true);
                records.put(after, clock.instant());
            }
            return after;
        });
        if (decided.get()) {
            record(admin, "key-alert-" + decision.word(), alert);
            count();
        }
        return decided.get();
    }

    /** Asked for keys that are new alone: it takes a walk through the chain. */
    private String authority(Way way, Sighting sighting) {
        if (sighting.chain().isEmpty() || sighting.facts().distrust() != null) {
            return "";
        }
        PeerKeys known = peers.get(way);
        KnownKey key = known == null ? null : known.key(sighting.chain().get(0).spkiSha256());
        return key == null ? sessions.authority(sighting.certificates()) : key.authority();
    }

    private void change(Way way, UnaryOperator<PeerKeys> step) {
        List<KeyAlert> told = new ArrayList<>();
        peers.compute(way, (w, known) -> {
            PeerKeys before = known == null ? PeerKeys.unseen(w.domain(), w.direction(), clock.instant()) : known;
            PeerKeys after = step.apply(before);
            told.clear();
            told.addAll(after.toldSince(before));
            if (after.isNewsAfter(before)) {
                records.put(after, clock.instant());
            }
            return after;
        });
        for (KeyAlert alert : told) {
            if (alert.change().severity() != Severity.INFO) {
                raised.increment();
                record("bastion", "key-alert", alert);
            }
        }
        unreported |= !told.isEmpty();
    }

    private void merge(PeerKeys stored) {
        Way way = new Way(stored.domain(), stored.direction());
        if (peers.containsKey(way) || peers.size() < MAX_PEERS) {
            PeerKeys merged = peers.merge(way, stored, PeerKeys::merged);
            if (merged.equals(stored)) {
                written.put(way, stored.last());
            } else {
                written.remove(way);
            }
        }
    }

    private void write(Way way, PeerKeys peer) {
        records.put(peer, clock.instant());
        written.put(way, peer.last());
    }

    private void count() {
        long errors = open(Severity.ERROR);
        if (peers.size() >= MAX_PEERS) {
            health.degraded(
                    PART, "The keys of " + MAX_PEERS + " servers and directions are known; no more are watched");
        } else if (errors == 0) {
            health.ok(PART);
        } else {
            health.degraded(
                    PART,
                    errors + " alerts about keys and certificates need a decision, " + open(Severity.WARNING)
                            + " more may be looked at: see the page Federation alerts");
        }
    }

    private long open(Severity severity) {
        return peers.values().stream()
                .flatMap(peer -> peer.alerts().stream())
                .filter(alert -> alert.isOpen() && alert.change().severity() == severity)
                .count();
    }

    private void record(String actor, String action, KeyAlert alert) {
        String way = alert.domain().isEmpty()
                ? "own certificate"
                : alert.direction() == Direction.INCOMING ? "from it" : "to it";
        audit.record(new AuditEvent(
                clock.instant(),
                GUARD,
                actor,
                action,
                alert.domain().isEmpty() ? "this server" : alert.domain(),
                null,
                0,
                Mode.OBSERVE,
                alert.change().word() + ", " + way + ": " + alert.before() + " → " + alert.after() + " "
                        + alert.detail()));
    }
}
