// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.federation.ImportPlan;
import im.bastion.federation.policy.Demand;
import im.bastion.federation.policy.Preset;
import java.util.List;

/**
 * The federation policy.
 *
 * @param rules by name; null when the guard could not start
 * @param file the policy file in the form for taking one over
 * @param plan what the file would change; null when it was not tried
 * @param export the policy as a file
 * @param trial what a draft would change; null when none was tried
 * @param commit the change that waits for its confirmation; null when none does
 * @param historyDays for how many days the history of peers is kept
 */
public record PolicyView(
        Frame frame,
        List<Demand> rules,
        PeerRuleDraft draft,
        String file,
        ImportPlan plan,
        String export,
        PolicyTrial trial,
        CommitView commit,
        int historyDays) {
    public List<Preset> presets() {
        return List.of(Preset.values());
    }

    /** How many exceptions of the rule are over. */
    public long over(Demand rule) {
        return rule.definition().exceptions().values().stream()
                .filter(waiver -> !frame.times().now().isBefore(waiver.end()))
                .count();
    }

    /** "both", "in" or "out". */
    public String direction(Demand rule) {
        return PeerRuleDraft.direction(rule.definition().directions());
    }

    /** The draft's name in the address of the editor. */
    public String name(Demand rule) {
        String value = rule.id().value();
        return value.substring(value.indexOf('.') + 1);
    }
}
