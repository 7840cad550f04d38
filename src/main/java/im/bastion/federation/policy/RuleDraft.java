// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.policy;

import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;

/**
 * A rule that is not in force yet.
 *
 * @param body the definition as {@link DefinitionJson} writes it
 */
public record RuleDraft(RuleId id, Mode mode, String body) {}
