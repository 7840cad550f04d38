// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation;

import im.bastion.federation.peer.PeerHash;
import im.bastion.federation.peer.PeerPattern;
import im.bastion.federation.policy.Definition;
import im.bastion.federation.policy.DefinitionJson;
import im.bastion.federation.policy.Demand;
import im.bastion.federation.policy.FederationPolicy;
import im.bastion.federation.policy.Terms;
import im.bastion.federation.policy.Terms.CertificateDemand;
import im.bastion.federation.rule.Pin;
import im.bastion.federation.tls.DomainName;
import im.bastion.host.ServerSession.Direction;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.PolicyChange;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What must change in the policy so that a peer is only taken with its pinned key. When the rule that counts for the peer
 * demands pinned keys, or is for that peer alone, the pin goes into it. Otherwise the peer gets a rule of its own with the
 * mode and all further demands of the rule that counted before: a pin never weakens anything but the chain's validity,
 * which the key replaces. Pure.
 */
public final class PinPlan {
    private static final String PREFIX = "federation.pin-";
    private static final int MAX_SLUG = 40;
    private static final int HASH_DIGITS = 12;
    private static final Terms PINNED = new Terms(CertificateDemand.PINNED, null, Set.of(), false, true, false);

    private final List<Demand> rules;
    private final FederationPolicy policy;

    /** @param rules those of the policy, those that are off too */
    public PinPlan(List<Demand> rules) {
        this.rules = rules;
        this.policy = new FederationPolicy(rules, Mode.ENFORCE);
    }

    /**
     * The change.
     *
     * @param direction the one in which the peer was seen with the key
     * @param both whether it was seen with it in the other one, too
     * @throws IllegalArgumentException when the domain is no DNS name, which no rule can be for
     */
    public PolicyChange of(String domain, Direction direction, boolean both, Pin pin) {
        PeerPattern peer = PeerPattern.exactly(DomainName.of(domain));
        Demand governing = policy.governing(direction, domain);
        if (governing != null && takes(governing, peer)) {
            return changed(governing, peer, pin);
        }
        boolean isAlike = both && Objects.equals(policy.governing(other(direction), domain), governing);
        Set<Direction> directions = isAlike ? EnumSet.allOf(Direction.class) : EnumSet.of(direction);
        Definition own = new Definition(
                "", List.of(peer), directions, pinned(governing, directions), Map.of(peer, pin), Map.of());
        return new PolicyChange(newId(peer), 0, governing == null ? Mode.OBSERVE : governing.mode(), text(own));
    }

    private static boolean takes(Demand rule, PeerPattern peer) {
        return rule.definition().terms().certificate() == CertificateDemand.PINNED
                || rule.definition().peers().equals(List.of(peer));
    }

    private static PolicyChange changed(Demand rule, PeerPattern peer, Pin pin) {
        Definition before = rule.definition();
        Map<PeerPattern, Pin> pins = new LinkedHashMap<>(before.pins());
        pins.put(peer, pin);
        Definition after = new Definition(
                before.note(),
                before.peers(),
                before.directions(),
                pinned(rule, before.directions()),
                pins,
                before.exceptions());
        return new PolicyChange(rule.id(), rule.version(), rule.mode(), text(after));
    }

    private static Terms pinned(Demand rule, Set<Direction> directions) {
        if (rule == null) {
            return PINNED;
        }
        Terms terms = rule.definition().terms();
        return new Terms(
                CertificateDemand.PINNED,
                terms.floor(),
                terms.ciphers(),
                terms.forwardSecrecy(),
                terms.dialback(),
                terms.directTls() && directions.equals(Set.of(Direction.INCOMING)));
    }

    /** Told by the domain, as far as a rule's name can be. */
    private RuleId newId(PeerPattern peer) {
        String slug = peer.name().ascii().replaceAll("[^a-z0-9]+", "-");
        RuleId readable = new RuleId(PREFIX + (slug.length() > MAX_SLUG ? hash(peer) : slug));
        return rules.stream().anyMatch(rule -> rule.id().equals(readable)) ? new RuleId(PREFIX + hash(peer)) : readable;
    }

    private static String hash(PeerPattern peer) {
        return PeerHash.of(peer.toString()).substring(0, HASH_DIGITS);
    }

    private static Direction other(Direction direction) {
        return direction == Direction.INCOMING ? Direction.OUTGOING : Direction.INCOMING;
    }

    private static String text(Definition definition) {
        return DefinitionJson.of(definition).toString();
    }
}
