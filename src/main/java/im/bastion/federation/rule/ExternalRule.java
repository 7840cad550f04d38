// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.rule;

import im.bastion.federation.tls.StreamFacts;
import im.bastion.policy.Citation;
import im.bastion.policy.RuleId;
import im.bastion.policy.Severity;
import java.util.Optional;

/** The peer proved who it is with its certificate and not with dialback, which believes DNS. */
public record ExternalRule() implements FederationRule {
    private static final RuleId ID = new RuleId("federation.external");
    private static final Citation CITATION = new Citation("XEP-0178", "3");

    @Override
    public RuleId id() {
        return ID;
    }

    @Override
    public String claim() {
        return "authentication by certificate (SASL EXTERNAL)";
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
        return switch (facts.authentication()) {
            case EXTERNAL -> Optional.empty();
            case DIALBACK -> Optional.of("it is authenticated by dialback alone");
            case UNKNOWN -> Optional.of("how it is authenticated cannot be told");
        };
    }
}
