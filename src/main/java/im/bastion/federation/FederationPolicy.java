// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation;

import im.bastion.federation.rule.FederationRule;
import im.bastion.federation.tls.StreamFacts;
import im.bastion.host.ServerSession.Direction;
import im.bastion.policy.Mode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * All that is demanded of peers now. Pure and immutable: a change makes a new one, and whatever was judged by the old one
 * is judged again.
 */
final class FederationPolicy {
    static final FederationPolicy EMPTY = new FederationPolicy(List.of());

    private final List<Demand> demands;
    private final boolean policesIncoming;
    private final boolean policesOutgoing;

    FederationPolicy(List<Demand> demands) {
        this.demands = List.copyOf(demands);
        this.policesIncoming = anyFor(Direction.INCOMING);
        this.policesOutgoing = anyFor(Direction.OUTGOING);
    }

    /** Whether stanzas in that direction need to be looked at. */
    boolean polices(Direction direction) {
        return direction == Direction.INCOMING ? policesIncoming : policesOutgoing;
    }

    /** Judges a session by what is known of it. */
    PeerVerdict judge(StreamFacts facts) {
        return judge(facts.direction(), facts.remoteDomain(), rule -> rule.violation(facts), facts.validUntil());
    }

    /** Judges a session that cannot be read: whatever is demanded of it is not shown to hold. */
    PeerVerdict judgeUnknown(Direction direction, String remoteDomain, String reason) {
        return judge(direction, remoteDomain, rule -> Optional.of(reason), Instant.MIN);
    }

    private PeerVerdict judge(
            Direction direction,
            String domain,
            Function<FederationRule, Optional<String>> violation,
            Instant validUntil) {
        PeerVerdict strongest = PeerVerdict.NOT_POLICED;
        for (Demand demand : demands) {
            if (demand.isFor(direction, domain)) {
                PeerVerdict verdict = demand.rules().stream()
                        .map(violation)
                        .flatMap(Optional::stream)
                        .findFirst()
                        .map(reason -> demand.objection(domain, reason, validUntil))
                        .orElseGet(() -> PeerVerdict.allowed(validUntil));
                if (verdict.standing().compareTo(strongest.standing()) > 0) {
                    strongest = verdict;
                }
            }
        }
        return strongest;
    }

    private boolean anyFor(Direction direction) {
        return demands.stream()
                .anyMatch(demand ->
                        demand.mode() != Mode.OFF && demand.directions().contains(direction));
    }
}
