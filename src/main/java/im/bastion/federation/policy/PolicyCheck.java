// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.policy;

import im.bastion.federation.peer.PeerPattern;
import im.bastion.host.ServerSession.Direction;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Looks at rules beside each other: two for the same peers, direction and mode contradict each other, and one for a domain
 * of this server's own never matches. Used once for one policy; not thread-safe.
 */
final class PolicyCheck {
    private record Place(Mode mode, Direction direction, PeerPattern peer) {}

    private final Map<Place, RuleId> taken = new HashMap<>();
    private final Predicate<String> local;

    /** @param local whether a domain is this server's own */
    PolicyCheck(Predicate<String> local) {
        this.local = local;
    }

    /**
     * Takes in one rule more.
     *
     * @param peers the field that names its peers
     * @throws PolicyFault when it does not fit to those before
     */
    void add(RuleId rule, Mode mode, Definition definition, Located peers) {
        if (mode == Mode.OFF) {
            return;
        }
        List<Located> items = peers.items(DemandReader.MAX_PEERS);
        for (int i = 0; i < items.size(); i++) {
            add(rule, mode, definition, definition.peers().get(i), items.get(i));
        }
    }

    /** Takes in a rule that is in force already. */
    void add(Demand demand) {
        if (demand.mode() != Mode.OFF) {
            for (PeerPattern peer : demand.definition().peers()) {
                demand.definition()
                        .directions()
                        .forEach(
                                direction -> taken.putIfAbsent(new Place(demand.mode(), direction, peer), demand.id()));
            }
        }
    }

    private void add(RuleId rule, Mode mode, Definition definition, PeerPattern peer, Located item) {
        if (peer.kind() == PeerPattern.Kind.EXACT && local.test(peer.name().ascii())) {
            throw item.fault("never matches: " + peer + " is this server's own");
        }
        for (Direction direction : definition.directions()) {
            RuleId other = taken.putIfAbsent(new Place(mode, direction, peer), rule);
            if (other != null) {
                throw item.fault("contradicts rule " + other + ", which is for " + peer + " too, in the same direction"
                        + " and mode");
            }
        }
    }
}
