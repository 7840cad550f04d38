// SPDX-License-Identifier: Apache-2.0
package im.bastion.host.contract;

import static im.bastion.host.contract.Statement.holds;
import static im.bastion.host.contract.Statement.same;

import im.bastion.host.Affiliation;
import im.bastion.host.HostException;
import im.bastion.host.RoomActions;
import im.bastion.host.Rooms;
import java.util.List;
import org.xmpp.packet.JID;

/** What {@link RoomActions} promises. */
final class RoomActionsContract {
    static final List<Statement> STATEMENTS = List.of(
            new Statement("who is kicked is not inside any more", RoomActionsContract::kick),
            new Statement("kicking somebody who is not inside changes nothing", RoomActionsContract::kickNobody),
            new Statement("who is banned is an outcast and not inside", RoomActionsContract::ban),
            new Statement("the end of a ban leaves no affiliation", RoomActionsContract::clear),
            new Statement("the last owner cannot be banned", RoomActionsContract::lastOwner),
            new Statement("acting in a room that does not exist is refused", RoomActionsContract::noRoom));

    private RoomActionsContract() {}

    private static void kick(HostStage stage) {
        JID room = room(stage);
        JID inside = new JID(stage.account("contract-kicked") + "/inside");
        stage.enter(room, inside, "kicked-1");
        same("the occupancies before", 1, rooms(stage).occupants(room, inside).size());
        holds(
                "everybody inside includes it",
                rooms(stage).occupants(room).stream()
                        .anyMatch(occupant -> occupant.realJid().equals(inside)));
        stage.host().roomActions().kick(room, inside, "contract");
        same("the occupancies after", List.of(), rooms(stage).occupants(room, inside));
    }

    private static void kickNobody(HostStage stage) {
        JID room = room(stage);
        int before = rooms(stage).occupants(room).size();
        stage.host().roomActions().kick(room, new JID("nobody@elsewhere.example/x"), "contract");
        same("who is inside", before, rooms(stage).occupants(room).size());
    }

    private static void ban(HostStage stage) {
        JID room = room(stage);
        JID inside = new JID(stage.account("contract-banned") + "/inside");
        stage.enter(room, inside, "banned-1");
        stage.host().roomActions().ban(room, inside.asBareJID(), "contract");
        same("the affiliation", Affiliation.OUTCAST, rooms(stage).affiliation(room, inside));
        same("the occupancies", List.of(), rooms(stage).occupants(room, inside));
        holds(
                "it is among the outcasts",
                rooms(stage).affiliated(room, Affiliation.OUTCAST).contains(inside.asBareJID()));
        stage.host().roomActions().clearAffiliation(room, inside.asBareJID());
    }

    private static void clear(HostStage stage) {
        JID room = room(stage);
        JID person = new JID("contract-cleared@elsewhere.example");
        stage.host().roomActions().ban(room, person, "contract");
        stage.host().roomActions().clearAffiliation(room, person);
        same("the affiliation", Affiliation.NONE, rooms(stage).affiliation(room, person));
    }

    private static void lastOwner(HostStage stage) {
        JID room = room(stage);
        JID owner = stage.account("contract-owner");
        same("the owners", List.of(owner), rooms(stage).affiliated(room, Affiliation.OWNER));
        refused(() -> stage.host().roomActions().ban(room, owner, "contract"));
        same("the affiliation", Affiliation.OWNER, rooms(stage).affiliation(room, owner));
    }

    private static void noRoom(HostStage stage) {
        JID nowhere = new JID("never-made@" + room(stage).getDomain());
        RoomActions actions = stage.host().roomActions();
        refused(() -> actions.kick(nowhere, new JID("a@elsewhere.example/x"), "contract"));
        refused(() -> actions.ban(nowhere, new JID("a@elsewhere.example"), "contract"));
    }

    private static void refused(Runnable action) {
        try {
            action.run();
        } catch (HostException e) {
            return;
        }
        throw new AssertionError("It was not refused");
    }

    private static Rooms rooms(HostStage stage) {
        return stage.host().rooms();
    }

    private static JID room(HostStage stage) {
        return stage.room("contract-actions", stage.account("contract-owner"));
    }
}
