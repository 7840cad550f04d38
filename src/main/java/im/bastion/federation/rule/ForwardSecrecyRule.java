// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.rule;

import im.bastion.federation.tls.StreamFacts;
import im.bastion.policy.Citation;
import im.bastion.policy.RuleId;
import im.bastion.policy.Severity;
import java.util.Optional;

/** What was said stays secret when the key gets known. A plain stream is not this rule's. */
public record ForwardSecrecyRule() implements FederationRule {
    private static final RuleId ID = new RuleId("federation.forward-secrecy");
    private static final Citation CITATION = new Citation("RFC 9325", "4.1");

    @Override
    public RuleId id() {
        return ID;
    }

    @Override
    public String claim() {
        return "forward secrecy";
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
        return !facts.encrypted() || facts.cipher().forwardSecret()
                ? Optional.empty()
                : Optional.of("the connection to it has no forward secrecy");
    }
}
