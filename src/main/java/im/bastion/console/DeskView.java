// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.moderation.archive.Retractions.Retraction;
import im.bastion.moderation.desk.Case;
import im.bastion.moderation.reputation.BlockLists.LocalEntry;
import im.bastion.moderation.reputation.BlockLists.Source;
import im.bastion.moderation.sanction.Sanction;
import im.bastion.moderation.wave.Shield;
import java.util.List;

/**
 * What happens in the rooms. A list is null when it cannot be read now.
 *
 * @param open the cases that wait for somebody
 * @param feed the latest cases of all kinds
 * @param held how many messages are held back
 */
public record DeskView(
        Frame frame,
        List<Shield> shields,
        List<Case> open,
        List<Case> feed,
        List<Sanction> sanctions,
        List<Retraction> retractions,
        List<Source> sources,
        List<LocalEntry> local,
        int held) {
    static DeskView nothing(Frame frame) {
        return new DeskView(frame, List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), 0);
    }
}
