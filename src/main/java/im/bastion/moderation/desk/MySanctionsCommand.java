// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.desk;

import im.bastion.command.CommandForm;
import im.bastion.command.Fields;
import im.bastion.moderation.sanction.Sanction;
import java.util.List;

/** Shows the one who asks what holds against that one in the room. */
record MySanctionsCommand(Desk desk) implements RoomCommand {
    @Override
    public String node() {
        return "my-sanctions";
    }

    @Override
    public String name() {
        return "What holds against me here";
    }

    @Override
    public Access access() {
        return Access.ANYBODY;
    }

    @Override
    public CommandForm form(Asker asker) {
        return null;
    }

    @Override
    public CommandForm run(Asker asker, Fields fields) {
        List<Sanction> mine = desk.sanctions().inForce(asker.room()).stream()
                .filter(held -> held.person().equals(asker.sender().asBareJID()))
                .toList();
        CommandForm told = new CommandForm(mine.isEmpty() ? "Nothing holds against you here." : "This holds:");
        mine.forEach(held -> told.read(
                held.kind() + (held.until() == null ? "" : " until " + held.until()),
                held.reason() + " (reference " + (held.reference().isEmpty() ? held.id() : held.reference()) + ")"));
        return told;
    }
}
