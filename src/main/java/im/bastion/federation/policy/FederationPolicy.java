// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.policy;

import im.bastion.federation.peer.PeerMap;
import im.bastion.federation.peer.PeerPattern;
import im.bastion.federation.policy.PeerVerdict.Standing;
import im.bastion.federation.rule.FederationRule;
import im.bastion.federation.tls.StreamFacts;
import im.bastion.host.ServerSession.Direction;
import im.bastion.policy.Mode;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * All that is demanded of peers now. For each domain the most specific rule counts. A rule in observe is looked at beside
 * the most specific one in enforce, never instead of it: to try a rule weakens nothing. Pure and immutable: a change makes
 * a new one, and whatever was judged by the old one is judged again.
 */
public final class FederationPolicy {
    public static final FederationPolicy EMPTY = new FederationPolicy(List.of(), Mode.OFF);

    /**
     * The rules of one direction.
     *
     * @param enforced the rule in enforce that counts
     * @param considered the rule that counts among all; of two for the same peers the one in observe
     */
    private record Way(boolean polices, boolean enforces, PeerMap<Demand> enforced, PeerMap<Demand> considered) {}

    private final List<Demand> demands;
    private final Mode ceiling;
    private final Way incoming;
    private final Way outgoing;

    /**
     * Of two rules for the same peers, direction and mode the first counts.
     *
     * @param ceiling the guard's own mode
     */
    public FederationPolicy(List<Demand> demands, Mode ceiling) {
        this.demands = List.copyOf(demands);
        this.ceiling = ceiling;
        this.incoming = way(Direction.INCOMING);
        this.outgoing = way(Direction.OUTGOING);
    }

    /** The rules, those that are off too. */
    public List<Demand> demands() {
        return demands;
    }

    /** Whether there is anything to see at all: rules may be none, but the guard is not off. */
    public boolean observes() {
        return ceiling != Mode.OFF;
    }

    /** Whether any rule can refuse anything, in either direction. */
    public boolean enforces() {
        return incoming.enforces || outgoing.enforces;
    }

    /** Whether any rule is for that direction. */
    public boolean polices(Direction direction) {
        return way(direction == Direction.INCOMING).polices;
    }

    /** Judges a session by what is known of it. */
    public PeerVerdict judge(StreamFacts facts, Instant now) {
        return judge(facts.direction(), facts.remoteDomain(), rule -> rule.violation(facts), facts.validUntil(), now);
    }

    /** Judges a session that cannot be read: whatever is demanded of it is not shown to hold. */
    public PeerVerdict judgeUnknown(Direction direction, String remoteDomain, String reason, Instant now) {
        return judge(direction, remoteDomain, rule -> Optional.of(reason), Instant.MIN, now);
    }

    /** The rule that counts for the domain, or null. */
    public Demand governing(Direction direction, String domain) {
        return way(direction == Direction.INCOMING).considered.find(domain);
    }

    private PeerVerdict judge(
            Direction direction,
            String domain,
            Function<FederationRule, Optional<String>> violation,
            Instant validUntil,
            Instant now) {
        Way way = way(direction == Direction.INCOMING);
        Demand enforced = way.enforced.find(domain);
        Demand considered = way.considered.find(domain);
        PeerVerdict verdict = verdict(enforced, domain, violation, validUntil, now);
        if (Objects.equals(considered, enforced) || verdict.standing() == Standing.REFUSED) {
            return verdict;
        }
        PeerVerdict other = verdict(considered, domain, violation, validUntil, now);
        Instant sooner = verdict.validUntil().isBefore(other.validUntil()) ? verdict.validUntil() : other.validUntil();
        return (other.standing().compareTo(verdict.standing()) > 0 ? other : verdict).until(sooner);
    }

    private PeerVerdict verdict(
            Demand demand,
            String domain,
            Function<FederationRule, Optional<String>> violation,
            Instant validUntil,
            Instant now) {
        if (demand == null) {
            return PeerVerdict.NOT_POLICED;
        }
        for (FederationRule rule : demand.requirements()) {
            Optional<String> reason = violation.apply(rule);
            if (reason.isPresent()) {
                return objection(demand, domain, reason.get(), validUntil, now);
            }
        }
        return PeerVerdict.allowed(validUntil);
    }

    private PeerVerdict objection(Demand demand, String domain, String reason, Instant validUntil, Instant now) {
        Mode mode = demand.mode().within(ceiling);
        Waiver waiver = demand.waivers().find(domain);
        if (waiver == null || !waiver.holds(now)) {
            return PeerVerdict.objection(demand, mode, domain, reason, validUntil);
        }
        return PeerVerdict.objection(
                demand,
                Mode.OBSERVE,
                domain,
                reason + "; let through until " + waiver.until() + " by an exception",
                waiver.end().isBefore(validUntil) ? waiver.end() : validUntil);
    }

    private Way way(boolean in) {
        return in ? incoming : outgoing;
    }

    private Way way(Direction direction) {
        Predicate<Demand> active = demand -> demand.mode().within(ceiling) != Mode.OFF && demand.isFor(direction);
        List<Demand> all = demands.stream().filter(active).toList();
        List<Demand> enforced =
                all.stream().filter(demand -> demand.mode() == Mode.ENFORCE).toList();
        return new Way(
                !all.isEmpty(),
                ceiling == Mode.ENFORCE && !enforced.isEmpty(),
                index(enforced),
                index(all.stream().sorted(Comparator.comparing(Demand::mode)).toList()));
    }

    private static PeerMap<Demand> index(List<Demand> demands) {
        Map<PeerPattern, Demand> byPattern = new HashMap<>();
        for (Demand demand : demands) {
            demand.definition().peers().forEach(pattern -> byPattern.putIfAbsent(pattern, demand));
        }
        return new PeerMap<>(byPattern);
    }
}
