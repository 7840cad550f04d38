// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.sanction;

import im.bastion.policy.RuleId;
import java.time.Instant;
import org.xmpp.packet.JID;

/**
 * What was imposed on somebody in a room.
 *
 * @param id as people write it
 * @param person the bare JID
 * @param until when it ends by itself; null for never. Null also for what happens once (WARN, KICK)
 * @param rule the rule that led to it, or null when a person decided
 * @param reference of the case it belongs to; empty for none
 * @param reason what the person was told
 * @param by a bare JID, a console user, or "bastion"
 * @param liftedAt when somebody ended it before its time; null when nobody did
 * @param liftedBy who did; empty when nobody did
 */
public record Sanction(
        String id,
        Kind kind,
        JID room,
        JID person,
        Instant at,
        Instant until,
        RuleId rule,
        String reference,
        String reason,
        String by,
        Instant liftedAt,
        String liftedBy) {
    /** The steps there are, mildest first. */
    public enum Kind {
        /** A private message. */
        WARN,
        /** Nothing this person says reaches the room. */
        MUTE,
        /** Put out of the room once. */
        KICK,
        /** May not enter the room. */
        BAN
    }

    /** Whether it holds at that time. */
    public boolean holdsAt(Instant now) {
        boolean lasting = kind == Kind.MUTE || kind == Kind.BAN;
        return lasting && liftedAt == null && (until == null || now.isBefore(until));
    }
}
