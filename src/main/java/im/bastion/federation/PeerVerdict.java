// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation;

import im.bastion.policy.RuleId;
import im.bastion.policy.Verdict;
import java.time.Instant;

/**
 * What the policy says of one session as the way to or from one domain. Immutable, made once and then looked up.
 *
 * @param rule the policy's rule that objects; null when none does
 * @param ruleVersion the version of that rule; 0 without rule
 * @param reason what it objects to, as the rest of a sentence about the peer; empty when nothing
 * @param verdict what the gate is told when a stanza takes this way
 * @param validUntil when to judge again although nothing was changed
 */
public record PeerVerdict(
        Standing standing, RuleId rule, int ruleVersion, String reason, Verdict verdict, Instant validUntil) {

    /** How a session stands with the policy. */
    public enum Standing {
        /** No rule is for it. */
        NOT_POLICED,
        ALLOWED,
        /** A rule in observe objects. */
        WOULD_BE_REFUSED,
        /** A rule in enforce objects. */
        REFUSED
    }

    static final PeerVerdict NOT_POLICED =
            new PeerVerdict(Standing.NOT_POLICED, null, 0, "", Verdict.PASS, Instant.MAX);

    static PeerVerdict allowed(Instant validUntil) {
        return new PeerVerdict(Standing.ALLOWED, null, 0, "", Verdict.PASS, validUntil);
    }

    /** Whether nothing objects. */
    boolean isClean() {
        return rule == null;
    }
}
