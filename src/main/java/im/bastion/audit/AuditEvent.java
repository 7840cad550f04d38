// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit;

import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import java.time.Instant;

/**
 * One decision or change, as handed in.
 *
 * @param at when it happened
 * @param guard "moderation", "omemo", "relay", "federation" or "console"
 * @param actor who: a bare JID, a console user name, or "bastion" for automatic actions; at most 256 characters are kept
 * @param action kebab-case verb, for example "message-refused", "policy-changed"
 * @param subject what it was done to: room, device, domain, setting; at most 1024 characters are kept
 * @param rule the rule that decided, or null
 * @param ruleVersion the version of that rule's definition; 0 without rule
 * @param mode OBSERVE when it would have been done, ENFORCE when it was
 * @param detail plain text or JSON for a human, never a secret or a message body; at most 4096 characters are kept
 */
public record AuditEvent(
        Instant at,
        String guard,
        String actor,
        String action,
        String subject,
        RuleId rule,
        int ruleVersion,
        Mode mode,
        String detail) {}
