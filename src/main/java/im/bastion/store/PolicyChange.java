// SPDX-License-Identifier: Apache-2.0
package im.bastion.store;

import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;

/**
 * A new version of a rule.
 *
 * @param from the version it was made from, 0 for a rule that did not exist: nothing is changed when that is not the newest
 * @param body a JSON object of at most 64 KiB
 */
public record PolicyChange(RuleId rule, int from, Mode mode, String body) {}
