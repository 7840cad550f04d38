// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.sanction;

import im.bastion.policy.RuleId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.xmpp.packet.JID;

/** Imposes and lifts sanctions, on a thread of its own; survives a restart, and ends what has expired. */
public interface Sanctions {
    /**
     * What is wanted.
     *
     * @param length null for no end; only MUTE and BAN have one
     * @param rule null when a person decided
     * @param by a bare JID, a console user, or "bastion"
     */
    record Wish(
            Sanction.Kind kind,
            JID room,
            JID person,
            Duration length,
            RuleId rule,
            String reference,
            String reason,
            String by) {}

    /** Why a sanction was not imposed. */
    enum Refused {
        /** The person is owner, admin or moderator of the room or an administrator of the server. */
        EXEMPT,
        /** Nobody but the one owner would be left to act. */
        LAST_OWNER,
        NO_SUCH_ROOM,
        FAILED
    }

    /** Told once it is done, on the worker's thread: exactly one of the two is null. */
    @FunctionalInterface
    interface Done {
        void told(Sanction imposed, Refused refused);
    }

    /** Imposes it. */
    void impose(Wish wish, Done done);

    /** Ends a mute or a ban before its time; false when there is none of that id that holds. Waits for the database. */
    boolean lift(String sanctionId, String by);

    /** The mute that holds for the person in the room now, or null. From memory: for the stanza path. */
    Sanction muteOf(JID room, JID person);

    /** What was imposed, newest first, of one room or (null) of all; waits for the database. */
    List<Sanction> latest(JID room, Instant before, int max);

    /** What holds now, of one room or (null) of all, from memory. */
    List<Sanction> inForce(JID room);
}
