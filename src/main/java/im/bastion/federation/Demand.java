// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation;

import im.bastion.federation.rule.FederationRule;
import im.bastion.federation.tls.DomainName;
import im.bastion.host.ServerSession.Direction;
import im.bastion.policy.Mode;
import im.bastion.policy.Refusal;
import im.bastion.policy.RuleId;
import im.bastion.policy.Verdict;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One rule of the policy as an admin defined it: what is required of whom. Immutable.
 *
 * @param title the requirement in plain words, as the end of "only with …"
 * @param mode what the guard's own mode leaves of the rule's
 * @param domains whom it is for; null for everybody
 */
record Demand(
        RuleId id,
        int version,
        String title,
        Mode mode,
        Set<DomainName> domains,
        Set<Direction> directions,
        List<FederationRule> rules) {

    Demand {
        domains = domains == null ? null : Set.copyOf(domains);
        directions = Set.copyOf(directions.isEmpty() ? EnumSet.noneOf(Direction.class) : EnumSet.copyOf(directions));
        rules = List.copyOf(rules);
    }

    boolean isFor(Direction direction, String domain) {
        return mode != Mode.OFF && directions.contains(direction) && (domains == null || names(domain));
    }

    /** The objection as a verdict; what it says to the sender names the rule and what is wrong. */
    PeerVerdict objection(String domain, String reason, Instant validUntil) {
        PeerVerdict.Standing standing =
                mode == Mode.ENFORCE ? PeerVerdict.Standing.REFUSED : PeerVerdict.Standing.WOULD_BE_REFUSED;
        String text = "This server exchanges stanzas with " + domain + " only with " + title + ", but " + reason
                + " (rule " + id + ").";
        Verdict verdict =
                mode == Mode.ENFORCE ? Verdict.reject(new Refusal(id, "policy-violation", "wait", text)) : Verdict.PASS;
        return new PeerVerdict(standing, id, version, reason, verdict, validUntil);
    }

    private boolean names(String domain) {
        try {
            return domains.contains(DomainName.of(domain));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
