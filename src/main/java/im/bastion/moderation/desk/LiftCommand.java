// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.desk;

import im.bastion.command.CommandException;
import im.bastion.command.CommandForm;
import im.bastion.command.Fields;
import im.bastion.moderation.sanction.Sanction;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Ends a mute or a ban. */
record LiftCommand(Desk desk) implements RoomCommand {
    private static final int MAX_SHOWN = 100;

    @Override
    public String node() {
        return "lift";
    }

    @Override
    public String name() {
        return "End a mute or ban";
    }

    @Override
    public Access access() {
        return Access.MODERATORS;
    }

    @Override
    public CommandForm form(Asker asker) {
        List<Sanction> held = desk.sanctions().inForce(asker.room());
        Map<String, String> options = new LinkedHashMap<>();
        held.stream()
                .limit(MAX_SHOWN)
                .forEach(one -> options.put(
                        one.id(),
                        one.kind() + " of " + one.person() + (one.until() == null ? "" : " until " + one.until()) + ": "
                                + one.reason()));
        return new CommandForm(held.isEmpty() ? "Nobody is muted or banned by Bastion here." : "Which one?")
                .choice("sanction", "Mute or ban", "", options);
    }

    @Override
    public CommandForm run(Asker asker, Fields fields) throws CommandException {
        String id = fields.required("sanction");
        boolean ofThisRoom = desk.sanctions().inForce(asker.room()).stream()
                .anyMatch(held -> held.id().equals(id));
        if (!ofThisRoom || !desk.sanctions().lift(id, asker.sender().toBareJID())) {
            throw new CommandException("\"sanction\" must be one that holds in this room.");
        }
        return new CommandForm("It is ended.");
    }
}
