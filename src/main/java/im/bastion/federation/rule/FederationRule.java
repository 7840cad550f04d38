// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.rule;

import im.bastion.federation.tls.StreamFacts;
import im.bastion.policy.Citation;
import im.bastion.policy.RuleId;
import im.bastion.policy.Severity;
import java.util.Optional;

/** One claim about a stream that a policy can demand. Pure; knows neither modes nor consequences. */
public interface FederationRule {
    RuleId id();

    /** The claim in plain words, as the object of "requires", for example "encryption with TLS". */
    String claim();

    Citation citation();

    Severity severity();

    /**
     * Checks the stream.
     *
     * @return what is wrong, as the rest of a sentence about the peer; empty when the claim holds. Never text from the peer.
     */
    Optional<String> violation(StreamFacts facts);
}
