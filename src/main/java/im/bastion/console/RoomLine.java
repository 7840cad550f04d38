// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.host.RoomTraits;
import im.bastion.moderation.statistics.Counts;
import im.bastion.moderation.statistics.What;
import im.bastion.moderation.wave.Shield;
import org.xmpp.packet.JID;

/**
 * A room as it stands.
 *
 * @param occupants how many are inside on all clients
 * @param traits null when the room went away meanwhile
 * @param shield null when there is none
 * @param slowMode seconds between two messages of an account; 0 for no slow mode
 * @param held how many messages are held back
 * @param sanctions how many mutes and bans hold
 * @param rules how many rules are in force there
 * @param day what was counted in the last 24 hours
 */
public record RoomLine(
        JID room,
        int occupants,
        RoomTraits traits,
        Shield shield,
        int slowMode,
        int held,
        int sanctions,
        int rules,
        Counts day) {
    /** The address of the room's own page. */
    public String page() {
        return Frame.file("room") + Query.of(null).with("room", room);
    }

    /** How many cases were opened in the last 24 hours. */
    public int cases() {
        return day.of(What.CASE);
    }

    /** Whether it has a name for people that says more than its address. */
    public boolean isNamed() {
        return traits != null
                && !traits.naturalName().isEmpty()
                && !traits.naturalName().equals(room.getNode());
    }

    /** Whether anything is done there now. */
    public boolean isCalm() {
        return shield == null && slowMode == 0 && held == 0;
    }
}
