// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.rule;

import im.bastion.host.Affiliation;
import im.bastion.host.Role;
import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.event.Sender;
import java.time.Duration;
import java.util.List;

/**
 * Where and for whom a rule is. Owners and admins of a room, moderators and the server's administrators are outside of
 * every scope.
 *
 * @param rooms which rooms
 * @param members whether members of the room are within it; false when absent: only those without affiliation are
 * @param role "any", "participant" or "visitor"; somebody who is not inside yet counts as a participant
 * @param origin "any", "local" (an account of this server) or "remote"
 * @param newcomersFor only those first seen in the room less than this ago; zero for everybody
 */
public record RuleScope(RoomPattern rooms, boolean members, Among role, Origin origin, Duration newcomersFor) {
    private static final long YEAR = 366L * 24 * 60 * 60;

    /** Roles a rule may be for. */
    public enum Among {
        ANY,
        PARTICIPANT,
        VISITOR
    }

    /** Where a sender's account is. */
    public enum Origin {
        ANY,
        LOCAL,
        REMOTE
    }

    /** Everybody without affiliation, in every room. */
    public static final RuleScope EVERYWHERE =
            new RuleScope(RoomPattern.EVERY, false, Among.ANY, Origin.ANY, Duration.ZERO);

    /** Reads "rooms", "members", "role", "origin" and "newcomersForSeconds". */
    public static RuleScope read(Definition definition) throws BrokenDefinition {
        List<String> rooms = definition.optionalTexts("rooms", RoomPattern.MAX_ENTRIES, RoomPattern.MAX_CHARS);
        return new RuleScope(
                RoomPattern.read(definition, "rooms", rooms),
                definition.flag("members", false),
                definition.oneOf("role", Among.ANY),
                definition.oneOf("origin", Origin.ANY),
                definition.seconds("newcomersForSeconds", Duration.ZERO, 0, YEAR));
    }

    /** Whether the rule is for the event's room. Cheap. */
    public boolean covers(RoomEvent event) {
        return rooms.covers(event.room());
    }

    /** Whether the rule is for this sender. May ask the server: only after something was found, or for rules that count. */
    public boolean reaches(Sender sender) {
        return originFits(sender) && affiliationFits(sender) && roleFits(sender) && ageFits(sender);
    }

    private boolean originFits(Sender sender) {
        return origin == Origin.ANY || (origin == Origin.LOCAL) == sender.isLocal();
    }

    private boolean affiliationFits(Sender sender) {
        Affiliation affiliation = sender.affiliation();
        boolean within = affiliation == Affiliation.NONE
                || affiliation == Affiliation.OUTCAST
                || (affiliation == Affiliation.MEMBER && members);
        return within && !sender.isExempt();
    }

    private boolean roleFits(Sender sender) {
        return switch (role) {
            case ANY -> true;
            case PARTICIPANT -> sender.role() != Role.VISITOR;
            case VISITOR -> sender.role() == Role.VISITOR;
        };
    }

    private boolean ageFits(Sender sender) {
        return newcomersFor.isZero() || sender.knownForMillis() < newcomersFor.toMillis();
    }
}
