// SPDX-License-Identifier: Apache-2.0
package im.bastion.host.contract;

import static im.bastion.host.contract.Statement.holds;
import static im.bastion.host.contract.Statement.same;

import im.bastion.host.Affiliation;
import im.bastion.host.Occupant;
import im.bastion.host.Role;
import im.bastion.host.Rooms;
import java.util.List;
import org.xmpp.packet.JID;

/** What {@link Rooms} promises. */
final class RoomsContract {
    static final List<Statement> STATEMENTS = List.of(
            new Statement("a room exists on a service of this server and is listed", RoomsContract::exists),
            new Statement("no other room exists", RoomsContract::notThere),
            new Statement("each affiliation is told, for a bare and for a full JID", RoomsContract::affiliations),
            new Statement("without a room everybody's affiliation is NONE", RoomsContract::noAffiliation),
            new Statement("an occupant has real JID, room JID, role and affiliation", RoomsContract::occupant),
            new Statement("who is not inside has no occupancy", RoomsContract::notInside));

    private RoomsContract() {}

    private static void exists(HostStage stage) {
        JID room = room(stage);
        Rooms rooms = stage.host().rooms();
        holds("it exists", rooms.exists(room));
        holds("its service is known", rooms.serviceDomains().contains(room.getDomain()));
        holds("it is listed", rooms.all().contains(room));
        holds("it is in memory once it was looked at", rooms.loaded().contains(room));
        holds("the listed ones are bare", rooms.all().stream().allMatch(jid -> jid.getResource() == null));
    }

    private static void notThere(HostStage stage) {
        JID room = room(stage);
        Rooms rooms = stage.host().rooms();
        holds("an unknown name does not exist", !rooms.exists(new JID("never-made@" + room.getDomain())));
        holds("the name elsewhere does not exist", !rooms.exists(new JID(room.getNode() + "@elsewhere.example")));
        holds("the service is no room", !rooms.exists(new JID(room.getDomain())));
    }

    private static void affiliations(HostStage stage) {
        JID room = room(stage);
        Rooms rooms = stage.host().rooms();
        for (Affiliation affiliation : List.of(Affiliation.ADMIN, Affiliation.MEMBER, Affiliation.OUTCAST)) {
            JID user = new JID("contract-" + affiliation.name() + "@elsewhere.example");
            stage.affiliate(room, user, affiliation);
            same("the affiliation", affiliation, rooms.affiliation(room, user));
            same("the affiliation of the full JID", affiliation, rooms.affiliation(room, new JID(user + "/phone")));
        }
        same("the owner's", Affiliation.OWNER, rooms.affiliation(room, stage.account("contract-owner")));
        same("a stranger's", Affiliation.NONE, rooms.affiliation(room, new JID("stranger@elsewhere.example")));
    }

    private static void noAffiliation(HostStage stage) {
        Rooms rooms = stage.host().rooms();
        JID owner = stage.account("contract-owner");
        String service = room(stage).getDomain();
        same("the affiliation", Affiliation.NONE, rooms.affiliation(new JID("never-made@" + service), owner));
        same("the affiliation", Affiliation.NONE, rooms.affiliation(new JID("a@elsewhere.example"), owner));
    }

    private static void occupant(HostStage stage) {
        JID room = room(stage);
        JID inside = new JID(stage.account("contract-user") + "/inside");
        stage.enter(room, inside, "visitor-1");
        List<Occupant> found = stage.host().rooms().occupants(room, inside);
        same("how many", 1, found.size());
        JID roomJid = new JID(room + "/visitor-1");
        same("the occupant", new Occupant(inside, roomJid, Role.PARTICIPANT, Affiliation.NONE), found.get(0));
    }

    private static void notInside(HostStage stage) {
        JID room = room(stage);
        JID outside = new JID(stage.account("contract-user") + "/outside");
        same("the occupancies", List.of(), stage.host().rooms().occupants(room, outside));
        JID nowhere = new JID("never-made@" + room.getDomain());
        same("the occupancies", List.of(), stage.host().rooms().occupants(nowhere, outside));
    }

    private static JID room(HostStage stage) {
        return stage.room("contract-room", stage.account("contract-owner"));
    }
}
