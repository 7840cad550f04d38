// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.rule;

import im.bastion.federation.tls.StreamFacts;
import im.bastion.host.ServerSession.Direction;
import im.bastion.policy.Citation;
import im.bastion.policy.RuleId;
import im.bastion.policy.Severity;
import java.util.Optional;

/** The peer's certificate is trusted by this server and is for the peer's domain. */
public record ValidCertificateRule() implements FederationRule {
    private static final RuleId ID = new RuleId("federation.valid-certificate");
    private static final Citation CITATION = new Citation("RFC 7590", "3.4");

    @Override
    public RuleId id() {
        return ID;
    }

    @Override
    public String claim() {
        return "a valid certificate";
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
        if (facts.keySha256() == null && facts.direction() == Direction.INCOMING) {
            return Optional.of("it presented no certificate, or this server did not ask it for one");
        }
        return facts.distrust() != null
                ? Optional.of(facts.distrust())
                : switch (facts.name()) {
                    case MATCHES -> Optional.empty();
                    case DIFFERS -> Optional.of("its certificate is for another domain");
                    case NONE -> Optional.of("its certificate names no domain");
                    case UNREADABLE -> Optional.of("the names in its certificate cannot be read");
                };
    }
}
