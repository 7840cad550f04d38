// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.encryption.Explanation;
import im.bastion.encryption.rule.Conflicts.Conflict;
import im.bastion.encryption.traffic.Simulation;
import im.bastion.store.PolicyRow;
import java.util.List;

/**
 * Where messages must be encrypted, and how much they are.
 *
 * @param rules as stored
 * @param conflicts pairs of them that no message can satisfy both
 * @param chart the last days; null when the counts cannot be read now
 * @param places where most is readable
 * @param draft in the editor
 * @param from the one end of the pair that is explained
 * @param to the other
 * @param explanation what holds between the two; null when nobody asked
 * @param simulation what the draft would have done; null when it was not tried
 * @param days for how many days conversations are remembered
 * @param kept for how many days the counts are kept
 */
public record EncryptionView(
        Frame frame,
        GuardCard guard,
        List<PolicyRow> rules,
        List<Conflict> conflicts,
        Chart chart,
        List<EncryptionPlace> places,
        EncryptionDraft draft,
        String from,
        String to,
        Explanation explanation,
        Simulation.Result simulation,
        int days,
        int kept) {
    /** What a stored rule asks for. */
    public EncryptionDraft asked(PolicyRow row) {
        return EncryptionDraft.of(row);
    }
}
