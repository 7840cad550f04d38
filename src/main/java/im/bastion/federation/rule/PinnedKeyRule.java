// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.rule;

import im.bastion.federation.peer.PeerMap;
import im.bastion.federation.tls.StreamFacts;
import im.bastion.policy.Citation;
import im.bastion.policy.RuleId;
import im.bastion.policy.Severity;
import java.util.Optional;

/**
 * The peer's certificate has one of the keys that were pinned for it. Who issued it, for whom and until when is no matter
 * then: the key is the identity.
 */
public record PinnedKeyRule(PeerMap<Pin> pins) implements FederationRule {
    private static final RuleId ID = new RuleId("federation.pinned-key");
    private static final Citation CITATION = new Citation("RFC 7469", "2.4");

    @Override
    public RuleId id() {
        return ID;
    }

    @Override
    public String claim() {
        return "its pinned key";
    }

    @Override
    public Citation citation() {
        return CITATION;
    }

    @Override
    public Severity severity() {
        return Severity.ERROR;
    }

    @Override
    public Optional<String> violation(StreamFacts facts) {
        Pin pin = pins.find(facts.remoteDomain());
        if (pin == null) {
            return Optional.of("no key is pinned for it");
        }
        if (facts.keySha256() == null) {
            return Optional.of("it presented no certificate, or this server did not ask it for one");
        }
        return pin.accepts(facts.keySha256())
                ? Optional.empty()
                : Optional.of("its certificate has another key than the pinned one");
    }
}
