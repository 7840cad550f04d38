// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.rule;

import im.bastion.federation.tls.StreamFacts;
import im.bastion.policy.Citation;
import im.bastion.policy.RuleId;
import im.bastion.policy.Severity;
import java.util.Optional;

/** The stream's TLS is of that version or a newer one. A plain stream has none and is not this rule's. */
public record TlsFloorRule(Floor floor) implements FederationRule {
    private static final RuleId ID = new RuleId("federation.tls-floor");
    private static final Citation CITATION = new Citation("RFC 9325", "3.1.1");

    /** The oldest version that is accepted; older ones than 1.2 are never. */
    public enum Floor {
        TLS_1_2("1.2"),
        TLS_1_3("1.3");

        private final String number;

        Floor(String number) {
            this.number = number;
        }

        /** As it stands in a policy. */
        public String number() {
            return number;
        }

        private boolean isMetBy(String protocol) {
            return protocol.equals("TLSv1.3") || (this == TLS_1_2 && protocol.equals("TLSv1.2"));
        }
    }

    @Override
    public RuleId id() {
        return ID;
    }

    @Override
    public String claim() {
        return "TLS " + floor.number() + " or newer";
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
        return !facts.encrypted() || floor.isMetBy(facts.protocol())
                ? Optional.empty()
                : Optional.of("the connection to it uses a version of TLS that is older than " + floor.number());
    }
}
