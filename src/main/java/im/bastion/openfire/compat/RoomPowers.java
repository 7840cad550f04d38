// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire.compat;

import java.util.Arrays;
import java.util.Collection;
import org.xmpp.packet.JID;
import org.xmpp.packet.Presence;

/**
 * Kicking and banning in the name of the room itself.
 *
 * <p>COMPAT(openfire<5.0): who acts is a {@code MUCRole}, for the room itself {@code getRole()}. From 5.0 on it is an
 * affiliation and a role, and the room itself is {@code getSelfRepresentation()}.
 *
 * <p>COMPAT(openfire<4.7): {@code send} knows no sender.
 */
public final class RoomPowers {
    private static final String PACKAGE = "org.jivesoftware.openfire.muc.";
    private static final String GUARD = "moderation";

    private final Object owner;
    private final Object moderator;
    private final RoomMember self;
    private final RoomMember kick;
    private final RoomMember ban;
    private final RoomMember clear;
    private final RoomMember send;
    private final RoomMember sendAs;
    private final boolean actorIsRole;

    public RoomPowers(Probe probe) {
        Class<?> room = probe.type(PACKAGE + "MUCRoom");
        Class<?> affiliations = probe.type(PACKAGE + "Affiliation");
        actorIsRole = affiliations == null;
        owner = constant(actorIsRole ? probe.type(PACKAGE + "MUCRole$Affiliation") : affiliations, "owner");
        moderator = constant(probe.type(PACKAGE + (actorIsRole ? "MUCRole$Role" : "Role")), "moderator");
        String selfName = actorIsRole ? "getRole" : "getSelfRepresentation";
        self = new RoomMember(selfName, probe.method("muc.self", GUARD, room, selfName, Probe.takes()));
        kick = new RoomMember(
                "kickOccupant",
                probe.method(
                        "muc.kick",
                        GUARD,
                        room,
                        "kickOccupant",
                        Probe.takes(JID.class, JID.class, String.class, String.class),
                        Probe.takesNamed("JID", "Affiliation", "Role", "JID", "String", "String")));
        ban = new RoomMember(
                "addOutcast",
                probe.method(
                        "muc.ban",
                        GUARD,
                        room,
                        "addOutcast",
                        Probe.takesNamed("JID", "String", "MUCRole"),
                        Probe.takesNamed("JID", "String", "JID", "Affiliation", "Role")));
        clear = new RoomMember(
                "addNone",
                probe.method(
                        "muc.unban",
                        GUARD,
                        room,
                        "addNone",
                        Probe.takesNamed("JID", "MUCRole"),
                        Probe.takesNamed("JID", "Affiliation")));
        send = new RoomMember("send", probe.quietly(room, "send", Probe.takesNamed("Packet")));
        sendAs = new RoomMember(
                "send",
                probe.quietly(
                        room,
                        "send",
                        Probe.takesNamed("Packet", "MUCRole"),
                        Probe.takesNamed("Packet", "MUCOccupant")));
    }

    /** Puts the occupant out; tells the others. */
    public void kick(Object room, JID fullJid, String reason) {
        // Both generations tell the room themselves.
        Object unused = actorIsRole
                ? kick.with(room, fullJid, null, null, reason)
                : kick.with(room, fullJid, owner, moderator, null, null, reason);
    }

    /** Makes the account an outcast, puts out whoever of it is inside, and tells the others. */
    public void ban(Object room, JID bareJid, String reason) {
        tell(
                room,
                actorIsRole
                        ? ban.with(room, bareJid, reason, self.of(room))
                        : ban.with(room, bareJid, reason, null, owner, moderator));
    }

    /** Takes the account's affiliation away; tells the others. */
    public void clear(Object room, JID bareJid) {
        tell(room, actorIsRole ? clear.with(room, bareJid, self.of(room)) : clear.with(room, bareJid, owner));
    }

    private void tell(Object room, Object presences) {
        for (Object presence : (Collection<?>) presences) {
            if (presence instanceof Presence) {
                Object unused =
                        sendAs.isPresent() ? sendAs.with(room, presence, self.of(room)) : send.with(room, presence);
            }
        }
    }

    private static Object constant(Class<?> type, String name) {
        return type == null
                ? null
                : Arrays.stream(type.getEnumConstants())
                        .filter(constant -> ((Enum<?>) constant).name().equalsIgnoreCase(name))
                        .findFirst()
                        .orElse(null);
    }
}
