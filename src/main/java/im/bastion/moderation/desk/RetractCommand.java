// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.desk;

import im.bastion.command.CommandException;
import im.bastion.command.CommandForm;
import im.bastion.command.Fields;
import im.bastion.moderation.archive.Retractions.Actor;
import java.time.Duration;
import java.time.Instant;
import org.xmpp.packet.JID;

/** Retracts everything that somebody has said lately. */
record RetractCommand(Desk desk) implements RoomCommand {
    private static final int MAX_MINUTES = 7 * 24 * 60;

    @Override
    public String node() {
        return "retract-all";
    }

    @Override
    public String name() {
        return "Retract what somebody has said";
    }

    @Override
    public Access access() {
        return Access.MODERATORS;
    }

    @Override
    public CommandForm form(Asker asker) {
        return new CommandForm("Everything this person has said in the room lately is removed for everybody.")
                .text("person", "Nickname or account", "")
                .text("minutes", "In the last how many minutes?", "60")
                .text("reason", "Reason, shown to the room", "");
    }

    @Override
    public CommandForm run(Asker asker, Fields fields) throws CommandException {
        JID person = People.meant(desk.host().rooms(), asker.room(), fields.required("person"));
        Duration lately = fields.minutes("minutes", MAX_MINUTES);
        if (lately == null) {
            throw new CommandException("\"minutes\" must be whole minutes of 1 to " + MAX_MINUTES + ".");
        }
        Instant since = desk.clock().instant().minus(lately);
        Actor by = new Actor(asker.sender().asBareJID(), asker.sender().toBareJID(), "");
        desk.retractions().retractAll(asker.room(), person, since, by, fields.text("reason"), (outcome, made) -> {});
        return new CommandForm("It is being done; the room is told of each message.");
    }
}
