// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.rule;

import im.bastion.policy.Mode;

/**
 * A rule in force.
 *
 * @param version of its definition, as in the policy's row
 * @param mode what the admin wants of it: OBSERVE or ENFORCE
 */
public record ActiveRule(RuleType type, ModerationRule rule, int version, Mode mode) {}
