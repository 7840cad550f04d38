// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.moderation.desk.Case;
import im.bastion.moderation.wave.Shield;
import java.util.List;

/**
 * What waits for somebody.
 *
 * @param open the open cases; null when they cannot be read now
 * @param sanctions how many mutes and bans hold
 * @param held how many messages are held back
 */
public record DeskView(Frame frame, List<Shield> shields, Slice<Case> open, int sanctions, int held) {
    static DeskView nothing(Frame frame) {
        return new DeskView(frame, List.of(), new Slice<>(List.of(), "", true), 0, 0);
    }
}
