// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.host.Occupant;
import im.bastion.moderation.desk.Case;
import im.bastion.moderation.limit.Holds;
import im.bastion.moderation.rule.ActiveRule;
import im.bastion.moderation.sanction.Sanction;
import java.util.List;
import org.xmpp.packet.JID;

/**
 * One room.
 *
 * @param line null when there is no such room
 * @param rules those in force there, in the order in which they judge
 * @param cases the latest; null when they cannot be read now
 * @param chart what was found in the last 24 hours
 */
public record RoomView(
        Frame frame,
        RoomLine line,
        Paged<Occupant> occupants,
        List<JID> owners,
        List<ActiveRule> rules,
        List<Holds.Waiting> held,
        List<Sanction> sanctions,
        List<Case> cases,
        Chart chart) {
    static RoomView nothing(Frame frame) {
        return new RoomView(frame, null, null, List.of(), List.of(), List.of(), List.of(), List.of(), null);
    }
}
