// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.policy;

import im.bastion.federation.peer.PeerMap;
import im.bastion.federation.rule.FederationRule;
import im.bastion.host.ServerSession.Direction;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import java.util.ArrayList;
import java.util.List;

/**
 * One rule of the policy, ready to judge by. Immutable.
 *
 * @param mode the rule's own; the guard's may lower it
 * @param requirements what is demanded, in the order in which it is checked; empty when everything is allowed
 */
public record Demand(
        RuleId id,
        int version,
        Mode mode,
        Definition definition,
        List<FederationRule> requirements,
        PeerMap<Waiver> waivers) {

    public Demand {
        requirements = List.copyOf(requirements);
    }

    Demand(RuleId id, int version, Mode mode, Definition definition) {
        this(
                id,
                version,
                mode,
                definition,
                definition.terms().requirements(new PeerMap<>(definition.pins())),
                new PeerMap<>(definition.exceptions()));
    }

    boolean isFor(Direction direction) {
        return definition.directions().contains(direction);
    }

    /** What is demanded in plain words, as the end of "only with …". */
    public String claim() {
        List<String> claims =
                new ArrayList<>(requirements.stream().map(FederationRule::claim).toList());
        if (claims.size() < 2) {
            return String.join("", claims);
        }
        String last = claims.remove(claims.size() - 1);
        return String.join(", ", claims) + " and " + last;
    }
}
