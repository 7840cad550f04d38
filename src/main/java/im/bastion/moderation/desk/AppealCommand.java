// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.desk;

import im.bastion.command.CommandException;
import im.bastion.command.CommandForm;
import im.bastion.command.Fields;

/** Says something against what was done to the one who asks. */
record AppealCommand(Desk desk) implements RoomCommand {
    @Override
    public String node() {
        return "appeal";
    }

    @Override
    public String name() {
        return "Appeal";
    }

    @Override
    public Access access() {
        return Access.ANYBODY;
    }

    @Override
    public CommandForm form(Asker asker) {
        return new CommandForm("You were told a reference. A person will look at what happened.")
                .text("reference", "Reference", "")
                .text("words", "What should the moderators know?", "");
    }

    @Override
    public CommandForm run(Asker asker, Fields fields) throws CommandException {
        if (!desk.cases().appeal(fields.required("reference"), asker.sender(), fields.text("words"))) {
            throw new CommandException("\"reference\" must be one that you were told and have not appealed yet.");
        }
        return new CommandForm("Your appeal has been noted.");
    }
}
