// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.key;

import im.bastion.federation.observe.Sighting;
import im.bastion.federation.tls.CertificateSummary;
import im.bastion.host.ServerSession.Direction;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is known of one peer in one direction: its keys, the best protection ever, and what was told of changes. Immutable.
 *
 * @param domain empty for this server's own certificates
 * @param keys at most {@value #MAX_KEYS}, the one seen last first
 * @param best the best protection ever seen; each part by itself
 * @param accepted ids of changes that are to be told no more, at most {@value #MAX_ACCEPTED}, the latest last
 * @param alerts at most {@value #MAX_ALERTS}
 */
public record PeerKeys(
        String domain,
        Direction direction,
        List<KnownKey> keys,
        Protection best,
        List<String> accepted,
        List<KeyAlert> alerts,
        Instant first,
        Instant last) {
    static final int MAX_KEYS = 8;
    static final int MAX_ALERTS = 16;
    static final int MAX_ACCEPTED = 32;

    /** Which alerts stay when there are too many. */
    private static final Comparator<KeyAlert> WORTH = Comparator.comparing(KeyAlert::isOpen)
            .thenComparing(alert -> alert.change().severity())
            .thenComparing(KeyAlert::raised)
            .reversed()
            .thenComparing(KeyAlert::id);

    public PeerKeys {
        keys = List.copyOf(keys);
        accepted = List.copyOf(accepted);
        alerts = List.copyOf(alerts);
    }

    static PeerKeys unseen(String domain, Direction direction, Instant now) {
        return new PeerKeys(domain, direction, List.of(), Protection.NONE, List.of(), List.of(), now, now);
    }

    /** The key that was seen last, or null. */
    public KnownKey latest() {
        return keys.isEmpty() ? null : keys.get(0);
    }

    KnownKey key(String spki) {
        return keys.stream().filter(key -> key.spki().equals(spki)).findFirst().orElse(null);
    }

    /** Whoever vouched for its keys. */
    Set<String> authorities() {
        return keys.stream()
                .map(KnownKey::authority)
                .filter(authority -> !authority.isEmpty())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /**
     * What is known after a session has begun.
     *
     * @param authority who vouches for its key; empty when nobody this server trusts does
     */
    PeerKeys seen(Sighting seen, String authority, Instant now) {
        List<KeyAlert> changes = KeyComparison.of(this, seen, authority, now);
        // A key that is not valid where a valid one is expected may be anybody's: it is told, not learned.
        boolean learns =
                !seen.chain().isEmpty() && changes.stream().noneMatch(alert -> alert.change() == KeyChange.NOT_VALID);
        return new PeerKeys(
                domain,
                direction,
                learns ? learned(seen.chain().get(0), authority, now) : keys,
                best.best(KeyComparison.protection(seen)),
                accepted,
                told(changes),
                first,
                now);
    }

    /**
     * What is known after the certificates in use were looked at.
     *
     * @param current what is to be told of them now; what was told of others is over
     */
    PeerKeys checked(List<KeyAlert> current) {
        Set<String> holding = current.stream().map(KeyAlert::id).collect(Collectors.toCollection(HashSet::new));
        Set<String> told = alerts.stream().map(KeyAlert::id).collect(Collectors.toSet());
        List<KeyAlert> after = new ArrayList<>();
        for (KeyAlert alert : alerts) {
            boolean isOver = alert.isOpen() && alert.change().isOfCertificate() && !holding.contains(alert.id());
            after.add(isOver ? alert.settled(KeyAlert.State.OVER, "") : alert);
        }
        current.stream()
                .filter(alert -> !told.contains(alert.id()) && !accepted.contains(alert.id()))
                .forEach(after::add);
        return after.equals(alerts) ? this : with(accepted, bounded(after));
    }

    /** What is known after an admin has decided; the same when there is no such alert to decide about. */
    PeerKeys decided(String alertId, KeyAlert.State decision, String admin) {
        if (alerts.stream().noneMatch(alert -> alert.id().equals(alertId) && alert.isOpen())) {
            return this;
        }
        Set<String> settled = new LinkedHashSet<>(accepted);
        if (decision != KeyAlert.State.DISMISSED) {
            settled.add(alertId);
        }
        return with(
                newest(settled),
                alerts.stream()
                        .map(alert -> alert.id().equals(alertId) ? alert.settled(decision, admin) : alert)
                        .toList());
    }

    /** What two nodes know of one peer. */
    PeerKeys merged(PeerKeys other) {
        Map<String, KnownKey> byKey = new LinkedHashMap<>();
        Stream.concat(keys.stream(), other.keys.stream())
                .forEach(key -> byKey.merge(key.spki(), key, KnownKey::merged));
        Map<String, KeyAlert> byId = new LinkedHashMap<>();
        Stream.concat(alerts.stream(), other.alerts.stream())
                .forEach(alert -> byId.merge(alert.id(), alert, KeyAlert::merged));
        // In one order on all nodes, or each would write its own for ever.
        Set<String> settled = new TreeSet<>(accepted);
        settled.addAll(other.accepted);
        return new PeerKeys(
                domain,
                direction,
                latest(byKey.values()),
                best.best(other.best),
                newest(settled),
                bounded(byId.values()),
                first.isBefore(other.first) ? first : other.first,
                last.isBefore(other.last) ? other.last : last);
    }

    /** The alerts that were not there before, or were settled and are told again. */
    List<KeyAlert> toldSince(PeerKeys before) {
        Map<String, Instant> known =
                before.alerts.stream().collect(Collectors.toMap(KeyAlert::id, KeyAlert::raised, (a, b) -> b));
        return alerts.stream()
                .filter(alert -> !alert.raised().equals(known.get(alert.id())))
                .toList();
    }

    /** Whether more has changed than when it was seen. */
    boolean isNewsAfter(PeerKeys before) {
        return !alerts.equals(before.alerts)
                || !accepted.equals(before.accepted)
                || !best.equals(before.best)
                || !certificates().equals(before.certificates());
    }

    /** One for each key. */
    private Set<String> certificates() {
        return keys.stream().map(KnownKey::certificate).collect(Collectors.toSet());
    }

    private List<KnownKey> learned(CertificateSummary leaf, String authority, Instant now) {
        KnownKey same = key(leaf.spkiSha256());
        KnownKey seen = same == null ? KnownKey.of(leaf, authority, now) : same.seen(leaf, authority, now);
        return Stream.concat(
                        Stream.of(seen), keys.stream().filter(key -> !key.spki().equals(seen.spki())))
                .limit(MAX_KEYS)
                .toList();
    }

    private List<KeyAlert> told(List<KeyAlert> changes) {
        Map<String, KeyAlert> byId = new LinkedHashMap<>();
        alerts.forEach(alert -> byId.put(alert.id(), alert));
        changes.forEach(change -> byId.merge(
                change.id(), change, (old, again) -> old.isOpen() || isNote(old) ? old.again(again) : again));
        return bounded(byId.values());
    }

    private static boolean isNote(KeyAlert alert) {
        return alert.state() == KeyAlert.State.NOTED;
    }

    private PeerKeys with(List<String> nowAccepted, List<KeyAlert> nowAlerts) {
        return new PeerKeys(domain, direction, keys, best, nowAccepted, nowAlerts, first, last);
    }

    private static List<KnownKey> latest(Collection<KnownKey> all) {
        return all.stream()
                .sorted(Comparator.comparing(KnownKey::last).reversed().thenComparing(KnownKey::spki))
                .limit(MAX_KEYS)
                .toList();
    }

    private static List<KeyAlert> bounded(Collection<KeyAlert> all) {
        return all.stream().sorted(WORTH).limit(MAX_ALERTS).toList();
    }

    private static List<String> newest(Set<String> ids) {
        return ids.stream().skip(Math.max(0, ids.size() - MAX_ACCEPTED)).toList();
    }
}
