// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation;

import im.bastion.federation.policy.PolicyFault;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import java.util.List;

/**
 * What taking over a policy file would change, or why it is refused as a whole.
 *
 * @param steps one for each rule that changes; those that stay as they are are left out
 * @param faults empty when the file can be taken over
 * @param basis names the policy the steps start from
 */
public record ImportPlan(List<Step> steps, List<PolicyFault> faults, String basis) {
    /** What happens to a rule. */
    public enum Kind {
        ADDED,
        CHANGED,
        /** It is not in the file and is switched off; its versions stay. */
        RETIRED
    }

    /**
     * One rule that changes.
     *
     * @param before null for a new rule
     * @param difference field by field; empty when only the mode changes
     */
    public record Step(RuleId rule, Kind kind, Mode before, Mode after, String difference) {}

    public ImportPlan {
        steps = List.copyOf(steps);
        faults = List.copyOf(faults);
    }
}
