// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.policy;

import im.bastion.policy.Mode;
import im.bastion.policy.Refusal;
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
        /** A rule in observe objects, or one in enforce from which the peer is excepted. */
        WOULD_BE_REFUSED,
        /** A rule in enforce objects. */
        REFUSED
    }

    public static final PeerVerdict NOT_POLICED =
            new PeerVerdict(Standing.NOT_POLICED, null, 0, "", Verdict.PASS, Instant.MAX);

    static PeerVerdict allowed(Instant validUntil) {
        return new PeerVerdict(Standing.ALLOWED, null, 0, "", Verdict.PASS, validUntil);
    }

    /** The rule objects; what that says to the sender names the rule and what is wrong. */
    static PeerVerdict objection(Demand demand, Mode mode, String domain, String reason, Instant validUntil) {
        if (mode != Mode.ENFORCE) {
            return new PeerVerdict(
                    Standing.WOULD_BE_REFUSED, demand.id(), demand.version(), reason, Verdict.PASS, validUntil);
        }
        String text = "This server exchanges stanzas with " + domain + " only with " + demand.claim() + ", but "
                + reason + " (rule " + demand.id() + ").";
        return new PeerVerdict(
                Standing.REFUSED,
                demand.id(),
                demand.version(),
                reason,
                Verdict.reject(new Refusal(demand.id(), "policy-violation", "wait", text)),
                validUntil);
    }

    PeerVerdict until(Instant time) {
        return time.equals(validUntil) ? this : new PeerVerdict(standing, rule, ruleVersion, reason, verdict, time);
    }

    /** Whether nothing objects. */
    public boolean isClean() {
        return rule == null;
    }
}
