// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.rule;

import im.bastion.federation.tls.StreamFacts;
import im.bastion.policy.Citation;
import im.bastion.policy.RuleId;
import im.bastion.policy.Severity;
import java.util.Optional;
import java.util.Set;

/** The stream's TLS is not of a version that must no longer be used. A plain stream has none and is not this rule's. */
public final class TlsVersionRule implements FederationRule {
    private static final RuleId ID = new RuleId("federation.tls-version");
    private static final Citation CITATION = new Citation("RFC 9325", "3.1.1");
    private static final Set<String> ACCEPTED = Set.of("TLSv1.2", "TLSv1.3");

    @Override
    public RuleId id() {
        return ID;
    }

    @Override
    public String claim() {
        return "TLS 1.2 or newer";
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
        return !facts.encrypted() || ACCEPTED.contains(facts.protocol())
                ? Optional.empty()
                : Optional.of("the connection to it uses a version of TLS that is older than 1.2");
    }
}
