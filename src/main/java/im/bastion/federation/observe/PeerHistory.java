// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.observe;

import im.bastion.federation.tls.CertificateSummary;
import im.bastion.host.ServerSession;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was seen of peers: every session that was looked at or used, counted by peer and day. One thread looks, collects and
 * writes; {@link #sighted} may be called by any. Knows up to {@link PeerTraffic#MAX_PEERS} peers.
 */
public final class PeerHistory {
    private static final Logger LOG = LoggerFactory.getLogger(PeerHistory.class);
    private static final int MAX_FRESH = 10_000;
    private static final Duration PROFILE_AGE = Duration.ofHours(1);

    private record Key(String session, String domain) {}

    private final HistoryStore store;
    private final PeerTraffic traffic;
    private final Predicate<String> local;
    private final Consumer<Sighting> beginnings;
    private final InstantSource clock;
    private final Map<Key, Sighting> fresh = new ConcurrentHashMap<>();
    private final Map<String, PeerProfile> profiles = new ConcurrentHashMap<>();

    // Of the one thread.
    private final Map<Key, Sighting> live = new HashMap<>();
    private final Map<String, PeerDay> today = new HashMap<>();
    private final Set<String> changedDays = new HashSet<>();
    private final Map<String, Instant> writtenProfiles = new HashMap<>();
    private final Map<String, LocalDate> writtenChains = new HashMap<>();
    private LocalDate day;

    /**
     * @param local whether a domain is this server's own: those are no peers
     * @param beginnings is told once of each session and domain, on the one thread
     */
    public PeerHistory(
            HistoryStore store,
            PeerTraffic traffic,
            Predicate<String> local,
            Consumer<Sighting> beginnings,
            InstantSource clock) {
        this.store = store;
        this.traffic = traffic;
        this.local = local;
        this.beginnings = beginnings;
        this.clock = clock;
        this.day = today();
    }

    /** Takes over what was known before; keeps trying at the next call when the database is away. */
    public boolean load() {
        try {
            for (PeerProfile profile : store.profiles(PeerTraffic.MAX_PEERS)) {
                profiles.merge(profile.domain(), profile, PeerHistory::merged);
            }
            for (PeerDay known : store.ownDay(day)) {
                today.merge(known.domain(), known, PeerDay::plus);
            }
            return true;
        } catch (SQLException e) {
            LOG.debug("What is known of peers cannot be read now", e);
            return false;
        }
    }

    /** A session was read on its first stanza: it may be over before it is looked at. Any thread. */
    public void sighted(Sighting sighting) {
        if (fresh.size() < MAX_FRESH) {
            fresh.putIfAbsent(new Key(sighting.session(), sighting.domain()), sighting);
        }
    }

    /** Looks at the sessions that live now. */
    public void look(List<ServerSession> sessions) {
        Instant now = clock.instant();
        turnTheDay(now);
        Set<Key> present = new HashSet<>();
        for (ServerSession session : sessions) {
            try {
                for (String domain : session.remoteDomains()) {
                    look(session, domain, now, present);
                }
            } catch (RuntimeException e) {
                LOG.debug("{} cannot be read", session.id(), e);
            }
        }
        fresh.forEach((key, sighting) -> {
            if (fresh.remove(key, sighting) && !live.containsKey(key)) {
                begin(key, sighting, now);
            }
        });
        live.keySet().retainAll(present);
    }

    /** Adds what was counted and hands what has changed to the database. */
    public void flush() {
        Instant now = clock.instant();
        turnTheDay(now);
        traffic.collect().forEach((domain, counts) -> {
            if (isPeer(domain)) {
                today.compute(domain, (d, known) -> of(d, known).with(counts));
                changedDays.add(domain);
                profiles.computeIfAbsent(domain, d -> PeerProfile.unseen(d, now));
            }
        });
        changedDays.forEach(domain -> store.put(today.get(domain)));
        changedDays.clear();
        profiles.forEach((domain, profile) -> {
            Instant written = writtenProfiles.get(domain);
            if (written == null || profile.lastSeen().isAfter(written.plus(PROFILE_AGE))) {
                store.put(profile);
                writtenProfiles.put(domain, profile.lastSeen());
            }
        });
    }

    /** The peers that are known. */
    public Collection<PeerProfile> peers() {
        return profiles.values();
    }

    /** The peer of that domain, or null. */
    public PeerProfile peer(String domain) {
        return profiles.get(domain);
    }

    private void look(ServerSession session, String domain, Instant now, Set<Key> present) {
        Key key = new Key(session.id(), domain);
        present.add(key);
        Sighting known = live.get(key);
        if (known == null) {
            Sighting first = fresh.remove(key);
            begin(key, first != null ? first : Sighting.read(session, domain), now);
        } else {
            add(known, now, 0);
            keepChain(known);
        }
    }

    private void begin(Key key, Sighting sighting, Instant now) {
        if (!isPeer(sighting.domain())) {
            return;
        }
        live.put(key, sighting);
        add(sighting, now, 1);
        keepChain(sighting);
        beginnings.accept(sighting);
    }

    private void add(Sighting sighting, Instant now, long begun) {
        List<CertificateSummary> chain = sighting.chain();
        Shape shape = new Shape(
                sighting.facts(),
                sighting.address(),
                chain.isEmpty() ? "" : chain.get(0).sha256(),
                begun,
                now,
                now);
        String domain = sighting.domain();
        today.compute(domain, (d, known) -> of(d, known).with(shape));
        changedDays.add(domain);
        profiles.compute(domain, (d, known) -> {
            PeerProfile before = known == null ? PeerProfile.unseen(d, now) : known;
            Shape last = before.last(shape.facts().direction());
            if (last == null || !last.isLike(shape)) {
                writtenProfiles.remove(d);
                return before.with(shape);
            }
            return before.with(last.plus(shape));
        });
    }

    private void keepChain(Sighting sighting) {
        if (sighting.chain().isEmpty()) {
            return;
        }
        String certificate = sighting.chain().get(0).sha256();
        if (isTold(sighting.domain(), certificate) && !day.equals(writtenChains.put(certificate, day))) {
            store.put(sighting.domain(), sighting.chain(), clock.instant());
        }
    }

    /** Whether the day tells sessions with it apart: a peer with ever new certificates fills no database. */
    private boolean isTold(String domain, String certificate) {
        PeerDay known = today.get(domain);
        return known != null
                && known.shapes().stream().anyMatch(shape -> shape.certificate().equals(certificate));
    }

    private boolean isPeer(String domain) {
        return (profiles.containsKey(domain) || profiles.size() < PeerTraffic.MAX_PEERS) && !local.test(domain);
    }

    private PeerDay of(String domain, PeerDay known) {
        return known == null ? PeerDay.empty(domain, day) : known;
    }

    private void turnTheDay(Instant now) {
        LocalDate current = LocalDate.ofInstant(now, ZoneOffset.UTC);
        if (!current.equals(day)) {
            changedDays.forEach(domain -> store.put(today.get(domain)));
            changedDays.clear();
            today.clear();
            writtenChains.clear();
            day = current;
            profiles.values().removeIf(profile -> store.isOver(profile.lastSeen(), now));
            writtenProfiles.keySet().retainAll(profiles.keySet());
        }
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
    }

    /** What two nodes know of one peer. */
    private static PeerProfile merged(PeerProfile one, PeerProfile other) {
        boolean isFirstLater = one.lastSeen().isAfter(other.lastSeen());
        PeerProfile later = isFirstLater ? one : other;
        PeerProfile earlier = isFirstLater ? other : one;
        return new PeerProfile(
                later.domain(),
                one.firstSeen().isBefore(other.firstSeen()) ? one.firstSeen() : other.firstSeen(),
                later.lastSeen(),
                later.incoming() == null ? earlier.incoming() : later.incoming(),
                later.outgoing() == null ? earlier.outgoing() : later.outgoing());
    }
}
