// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.doctor;

import im.bastion.host.Affiliation;
import im.bastion.host.Pep;
import im.bastion.host.RoomTraits;
import im.bastion.host.Rooms;
import im.bastion.omemo.doctor.Symptom.Kind;
import im.bastion.omemo.wire.OmemoNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.xmpp.packet.JID;

/**
 * Answers "why can they not encrypt?" in the order in which a client would fail. Looks at what is published now; what a
 * client has cached, and what its user has not confirmed, cannot be seen from a server. May wait for the host's database.
 */
public final class Doctor {
    /** Members of a room that are looked at; further ones are only counted. */
    public static final int MAX_MEMBERS = 200;

    private final KeysReader reader;
    private final Pep pep;
    private final Rooms rooms;

    public Doctor(KeysReader reader, Pep pep, Rooms rooms) {
        this.reader = reader;
        this.pep = pep;
        this.rooms = rooms;
    }

    /** Why can nobody encrypt to this account? */
    public List<Symptom> account(JID account) {
        return AccountSteps.all(reader.read(account));
    }

    /** Why can the one not encrypt to the other? */
    public List<Symptom> pair(JID from, JID to) {
        AccountKeys sender = reader.read(from);
        AccountKeys recipient = reader.read(to);
        List<Symptom> seen = new ArrayList<>(AccountSteps.all(recipient));
        // A sender needs devices too: its messages say which one they are from.
        seen.addAll(AccountSteps.all(sender));
        if (sender.exists() && recipient.exists()) {
            seen.addAll(generations(sender, recipient));
            seen.addAll(notices(sender.account(), recipient));
        }
        return seen;
    }

    /** Why can people not encrypt in this room? */
    public List<Symptom> room(JID room) {
        RoomTraits traits = rooms.traits(room);
        if (traits == null) {
            return List.of(Symptom.of(Kind.ROOM_MISSING, room));
        }
        List<Symptom> seen = new ArrayList<>();
        seen.add(Symptom.of(traits.nonAnonymous() ? Kind.ROOM_SHOWS_ADDRESSES : Kind.ROOM_HIDES_ADDRESSES, room));
        seen.add(Symptom.of(traits.membersOnly() ? Kind.ROOM_MEMBERS_ONLY : Kind.ROOM_OPEN_TO_ALL, room));
        Set<JID> members = members(room);
        if (members.isEmpty()) {
            seen.add(Symptom.of(Kind.ROOM_EMPTY, room));
        }
        members.stream().limit(MAX_MEMBERS).map(this::member).forEach(seen::add);
        if (members.size() > MAX_MEMBERS) {
            seen.add(Symptom.of(Kind.MEMBERS_LEFT_OUT, room, String.valueOf(members.size() - MAX_MEMBERS)));
        }
        return seen;
    }

    /** Whom a sender encrypts to: everybody who may read along, inside or not (XEP-0384 §6.2). */
    private Set<JID> members(JID room) {
        Set<JID> members = new LinkedHashSet<>();
        for (Affiliation affiliation : List.of(Affiliation.OWNER, Affiliation.ADMIN, Affiliation.MEMBER)) {
            rooms.affiliated(room, affiliation).forEach(jid -> members.add(jid.asBareJID()));
        }
        rooms.occupants(room).forEach(occupant -> members.add(occupant.realJid().asBareJID()));
        return members;
    }

    private Symptom member(JID jid) {
        AccountKeys keys = reader.read(jid);
        if (!keys.local()) {
            return Symptom.of(Kind.MEMBER_ELSEWHERE, jid);
        }
        if (keys.ready()) {
            return Symptom.of(Kind.MEMBER_READY, jid);
        }
        return Symptom.of(Kind.MEMBER_NOT_READY, jid);
    }

    private static List<Symptom> generations(AccountKeys sender, AccountKeys recipient) {
        Set<String> common = names(sender);
        if (common.isEmpty() || names(recipient).isEmpty()) {
            // What is missing has been told.
            return List.of();
        }
        common.retainAll(names(recipient));
        return List.of(
                common.isEmpty()
                        ? Symptom.of(
                                Kind.NO_COMMON_GENERATION,
                                recipient.account(),
                                String.join(", ", names(sender)),
                                String.join(", ", names(recipient)))
                        : Symptom.of(Kind.COMMON_GENERATION, recipient.account(), String.join(", ", common)));
    }

    private static Set<String> names(AccountKeys keys) {
        return keys.generations().stream()
                .filter(GenerationKeys::ready)
                .map(generation -> generation.generation().namespace())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private List<Symptom> notices(JID sender, AccountKeys recipient) {
        List<Symptom> seen = new ArrayList<>();
        for (GenerationKeys generation : recipient.generations()) {
            String node = OmemoNode.devices(generation.generation());
            boolean hears = pep.listeners(recipient.account(), node).stream()
                    .anyMatch(listener -> listener.resource().asBareJID().equals(sender));
            seen.add(Symptom.of(hears ? Kind.HEARS_OF_CHANGES : Kind.HEARS_NOTHING, sender, node));
        }
        return seen;
    }
}
