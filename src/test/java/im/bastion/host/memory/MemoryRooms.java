// SPDX-License-Identifier: Apache-2.0
package im.bastion.host.memory;

import im.bastion.host.Affiliation;
import im.bastion.host.Occupant;
import im.bastion.host.Role;
import im.bastion.host.RoomTraits;
import im.bastion.host.Rooms;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.xmpp.packet.JID;

/** Rooms in maps, on one service. */
public final class MemoryRooms implements Rooms {
    /** The domain of the group chat service. */
    public static final String SERVICE = "conference." + MemoryHost.DOMAIN;

    /** Affiliations by bare JID; nicknames and roles that were given or taken by full JID. */
    private record Room(Map<JID, Affiliation> affiliations, Map<JID, String> nicknames, Map<JID, Role> roles) {}

    private final Map<JID, Room> rooms = new ConcurrentSkipListMap<>();
    private final Map<JID, RoomTraits> traits = new ConcurrentHashMap<>();

    @Override
    public Set<String> serviceDomains() {
        return Set.of(SERVICE);
    }

    @Override
    public boolean exists(JID room) {
        return rooms.containsKey(room.asBareJID());
    }

    @Override
    public Affiliation affiliation(JID room, JID user) {
        Room found = rooms.get(room.asBareJID());
        return found == null ? Affiliation.NONE : found.affiliations().getOrDefault(user.asBareJID(), Affiliation.NONE);
    }

    @Override
    public List<Occupant> occupants(JID room, JID fullJid) {
        Room found = rooms.get(room.asBareJID());
        String nickname = found == null ? null : found.nicknames().get(fullJid);
        if (nickname == null) {
            return List.of();
        }
        Affiliation affiliation = affiliation(room, fullJid);
        JID roomJid = new JID(room.getNode(), room.getDomain(), nickname);
        return List.of(
                new Occupant(fullJid, roomJid, found.roles().getOrDefault(fullJid, roleFor(affiliation)), affiliation));
    }

    @Override
    public List<Occupant> occupants(JID room) {
        Room found = rooms.get(room.asBareJID());
        return found == null
                ? List.of()
                : found.nicknames().keySet().stream()
                        .sorted()
                        .flatMap(fullJid -> occupants(room, fullJid).stream())
                        .toList();
    }

    @Override
    public List<JID> affiliated(JID room, Affiliation affiliation) {
        Room found = rooms.get(room.asBareJID());
        return found == null
                ? List.of()
                : found.affiliations().entrySet().stream()
                        .filter(entry -> entry.getValue() == affiliation)
                        .map(Map.Entry::getKey)
                        .sorted()
                        .toList();
    }

    @Override
    public RoomTraits traits(JID room) {
        return traits.get(room.asBareJID());
    }

    @Override
    public boolean givesStanzaIds() {
        return false;
    }

    @Override
    public String occupantId(JID room, JID person) {
        return null;
    }

    @Override
    public List<JID> loaded() {
        return all();
    }

    @Override
    public List<JID> all() {
        return List.copyOf(rooms.keySet());
    }

    /** Makes the room with its owner, and answers its bare JID. */
    public JID create(String name, JID owner) {
        JID jid = new JID(name, SERVICE, null);
        rooms.put(jid, new Room(new ConcurrentHashMap<>(), new ConcurrentHashMap<>(), new ConcurrentHashMap<>()));
        traits.put(jid, new RoomTraits(name, false, false, true, true, true));
        affiliate(jid, owner, Affiliation.OWNER);
        return jid;
    }

    /** Sets an affiliation. */
    public void affiliate(JID room, JID user, Affiliation affiliation) {
        rooms.get(room.asBareJID()).affiliations().put(user.asBareJID(), affiliation);
    }

    /** Somebody enters with that nickname. */
    public void enter(JID room, JID fullJid, String nickname) {
        rooms.get(room.asBareJID()).nicknames().put(fullJid, nickname);
    }

    /** Somebody leaves. */
    public void leave(JID room, JID fullJid) {
        rooms.get(room.asBareJID()).nicknames().remove(fullJid);
    }

    /** Gives or takes voice, or moderation. */
    public void assign(JID room, JID fullJid, Role role) {
        rooms.get(room.asBareJID()).roles().put(fullJid, role);
    }

    /** Configures the room. */
    public void configure(JID room, RoomTraits configuration) {
        traits.put(room.asBareJID(), configuration);
    }

    private static Role roleFor(Affiliation affiliation) {
        return switch (affiliation) {
            case OWNER, ADMIN -> Role.MODERATOR;
            case MEMBER, NONE -> Role.PARTICIPANT;
            case OUTCAST -> Role.NONE;
        };
    }
}
