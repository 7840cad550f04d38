// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.rule;

import im.bastion.policy.Mode;

/**
 * A rule's finding against somebody who is not exempt.
 *
 * @param mode how far the rule may go here and now: OBSERVE or ENFORCE
 * @param nickname the sender's in the room; empty when not inside
 */
public record Hit(ActiveRule active, Mode mode, RuleOutcome.Finding finding, String nickname) {
    /** What the sender is told, continuing "Your message was not delivered: ". */
    public String claim() {
        return finding.claim() != null ? finding.claim() : active.type().claim();
    }
}
