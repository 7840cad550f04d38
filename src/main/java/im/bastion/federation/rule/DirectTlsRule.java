// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.rule;

import im.bastion.federation.tls.StreamFacts;
import im.bastion.policy.Citation;
import im.bastion.policy.RuleId;
import im.bastion.policy.Severity;
import java.util.Optional;

/** The stream was encrypted from its first byte, so that nobody can strip STARTTLS. */
public record DirectTlsRule() implements FederationRule {
    private static final RuleId ID = new RuleId("federation.direct-tls");
    private static final Citation CITATION = new Citation("XEP-0368", "3");

    @Override
    public RuleId id() {
        return ID;
    }

    @Override
    public String claim() {
        return "direct TLS";
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
        return switch (facts.establishment()) {
            case DIRECT_TLS -> Optional.empty();
            case STARTTLS -> Optional.of("the connection to it began in plain text (STARTTLS)");
            case PLAIN -> Optional.of("the connection to it is not encrypted");
            case UNKNOWN -> Optional.of("how the connection to it began cannot be told");
        };
    }
}
