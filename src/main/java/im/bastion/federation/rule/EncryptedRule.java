// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.rule;

import im.bastion.federation.tls.StreamFacts;
import im.bastion.policy.Citation;
import im.bastion.policy.RuleId;
import im.bastion.policy.Severity;
import java.util.Optional;

/** The stream is encrypted. */
public record EncryptedRule() implements FederationRule {
    private static final RuleId ID = new RuleId("federation.encrypted");
    private static final Citation CITATION = new Citation("RFC 7590", "3.1");

    @Override
    public RuleId id() {
        return ID;
    }

    @Override
    public String claim() {
        return "encryption with TLS";
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
        return facts.encrypted() ? Optional.empty() : Optional.of("the connection to it is not encrypted");
    }
}
