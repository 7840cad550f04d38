// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire.compat;

import im.bastion.host.Affiliation;
import im.bastion.host.RoomTraits;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.xmpp.packet.JID;

/**
 * How a room is configured and who is affiliated with it.
 *
 * <p>COMPAT(openfire<4.7): {@code MUCRoom} is an interface, from then on a class.
 */
public final class RoomConfiguration {
    private final RoomMember naturalName;
    private final RoomMember moderated;
    private final RoomMember membersOnly;
    private final RoomMember nonAnonymous;
    private final RoomMember persistent;
    private final RoomMember logged;
    private final Map<Affiliation, RoomMember> affiliated = new EnumMap<>(Affiliation.class);

    public RoomConfiguration(Probe probe) {
        Class<?> room = probe.type("org.jivesoftware.openfire.muc.MUCRoom");
        naturalName = member(probe, room, "getNaturalLanguageName");
        moderated = member(probe, room, "isModerated");
        membersOnly = member(probe, room, "isMembersOnly");
        nonAnonymous = member(probe, room, "canAnyoneDiscoverJID");
        persistent = member(probe, room, "isPersistent");
        logged = member(probe, room, "isLogEnabled");
        affiliated.put(Affiliation.OWNER, member(probe, room, "getOwners"));
        affiliated.put(Affiliation.ADMIN, member(probe, room, "getAdmins"));
        affiliated.put(Affiliation.MEMBER, member(probe, room, "getMembers"));
        affiliated.put(Affiliation.OUTCAST, member(probe, room, "getOutcasts"));
        boolean all = affiliated.values().stream().allMatch(RoomMember::isPresent)
                && naturalName.isPresent()
                && moderated.isPresent()
                && membersOnly.isPresent()
                && nonAnonymous.isPresent()
                && persistent.isPresent()
                && logged.isPresent();
        if (all) {
            probe.present("muc.configuration", "moderation", "MUCRoom.isLogEnabled and others");
        } else {
            probe.missing("muc.configuration", "moderation", "MUCRoom.isLogEnabled and others");
        }
    }

    /** The room's configuration. */
    public RoomTraits traits(Object room) {
        Object name = naturalName.of(room);
        return new RoomTraits(
                name == null ? "" : (String) name,
                (boolean) moderated.of(room),
                (boolean) membersOnly.of(room),
                (boolean) nonAnonymous.of(room),
                (boolean) persistent.of(room),
                (boolean) logged.of(room));
    }

    /** The bare JIDs with that affiliation; empty for NONE. */
    public List<JID> affiliated(Object room, Affiliation affiliation) {
        RoomMember list = affiliated.get(affiliation);
        return list == null
                ? List.of()
                : ((Collection<?>) list.of(room))
                        .stream().map(JID.class::cast).sorted().toList();
    }

    private static RoomMember member(Probe probe, Class<?> room, String name) {
        return new RoomMember(name, probe.quietly(room, name, Probe.takes()));
    }
}
