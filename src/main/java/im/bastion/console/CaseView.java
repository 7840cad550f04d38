// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.moderation.archive.Retractions.Retraction;
import im.bastion.moderation.desk.Case;
import im.bastion.moderation.sanction.Sanction;
import java.util.List;

/**
 * One case.
 *
 * @param isReadable whether the database answers
 * @param one null when there is no such case
 * @param sanctions that hold because of it
 * @param retractions made because of it
 * @param others the latest about the same person in the same room
 */
public record CaseView(
        Frame frame,
        boolean isReadable,
        Case one,
        List<Sanction> sanctions,
        List<Retraction> retractions,
        List<Case> others) {
    static CaseView unreadable(Frame frame) {
        return new CaseView(frame, false, null, List.of(), List.of(), List.of());
    }

    /** Whether nobody has decided yet. */
    public boolean isUndecided() {
        return one.state() == Case.State.OPEN || one.state() == Case.State.FILED;
    }
}
