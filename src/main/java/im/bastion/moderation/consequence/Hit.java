// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.consequence;

import im.bastion.moderation.rule.ActiveRule;
import im.bastion.moderation.rule.Evidence;
import im.bastion.policy.Mode;

/**
 * A rule's finding against somebody who is not exempt.
 *
 * @param mode how far the rule may go here and now: OBSERVE or ENFORCE
 * @param nickname the sender's in the room; empty when not inside
 */
public record Hit(ActiveRule active, Mode mode, Evidence evidence, String nickname) {}
