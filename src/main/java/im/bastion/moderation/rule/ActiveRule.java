// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.rule;

import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;

/**
 * A rule in force.
 *
 * @param id the name of its definition
 * @param scope where and for whom it is
 * @param version of its definition, as in the policy's row
 * @param mode what the admin wants of it: OBSERVE or ENFORCE
 */
public record ActiveRule(RuleId id, RuleType type, ModerationRule rule, RuleScope scope, int version, Mode mode) {}
