// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.policy.Mode;
import java.util.List;

/**
 * What the federation rules say of a live session.
 *
 * @param mode how far the verdict goes; OFF when no rule is for this session
 * @param reasons why it fails, each a sentence; empty when it passes
 */
public record JudgementView(Mode mode, List<String> reasons) {
    public JudgementView {
        reasons = List.copyOf(reasons);
    }

    /** Whether no rule finds fault with the session. */
    public boolean passes() {
        return reasons.isEmpty();
    }

    /** The end of its text's key, which says who is affected and how. */
    public String word() {
        if (mode == Mode.OFF) {
            return "unjudged";
        }
        if (passes()) {
            return "passes";
        }
        return mode == Mode.ENFORCE ? "stopped" : "observed";
    }
}
