// SPDX-License-Identifier: Apache-2.0
package im.bastion.policy;

/**
 * Why a stanza was refused, in the words its sender will read.
 *
 * @param rule the rule that decided
 * @param condition an RFC 6120 §8.3.3 defined condition, for example "policy-violation"
 * @param type an RFC 6120 §8.3.2 error type: auth, cancel, continue, modify or wait
 * @param text plain words for the sender, without markup; never holds a secret
 * @param specific the application-specific condition beside it (RFC 6120 §8.3.4), or null
 */
public record Refusal(RuleId rule, String condition, String type, String text, Specific specific) {
    /** An empty element that tells programs what the defined condition cannot. */
    public record Specific(String name, String namespace) {}

    /** A refusal that the defined condition and its text explain in full. */
    public Refusal(RuleId rule, String condition, String type, String text) {
        this(rule, condition, type, text, null);
    }

    /** A refusal with {@code policy-violation}, which the sender can mend by changing the stanza. */
    public static Refusal policyViolation(RuleId rule, String text) {
        return new Refusal(rule, "policy-violation", "modify", text);
    }
}
