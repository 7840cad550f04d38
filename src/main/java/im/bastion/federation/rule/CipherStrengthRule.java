// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.rule;

import im.bastion.federation.tls.CipherSuite.Strength;
import im.bastion.federation.tls.StreamFacts;
import im.bastion.policy.Citation;
import im.bastion.policy.RuleId;
import im.bastion.policy.Severity;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The stream's cipher suite is of one of the classes. A plain stream has none and is not this rule's. */
public record CipherStrengthRule(Set<Strength> accepted) implements FederationRule {
    private static final RuleId ID = new RuleId("federation.cipher-strength");
    private static final Citation CITATION = new Citation("RFC 9325", "4.2");

    public CipherStrengthRule {
        accepted = Set.copyOf(accepted);
    }

    @Override
    public RuleId id() {
        return ID;
    }

    @Override
    public String claim() {
        return "ciphers of class "
                + accepted.stream().sorted().map(Strength::word).collect(Collectors.joining(" or "));
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
        return !facts.encrypted() || accepted.contains(facts.cipher().strength())
                ? Optional.empty()
                : Optional.of("the connection to it uses a cipher of class "
                        + facts.cipher().strength().word());
    }
}
