// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.desk;

import im.bastion.command.CommandException;
import im.bastion.command.CommandForm;
import im.bastion.command.Fields;
import im.bastion.moderation.archive.Retractions.Actor;
import im.bastion.moderation.archive.Retractions.Retraction;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Undoes a retraction. */
record RestoreCommand(Desk desk) implements RoomCommand {
    private static final int MAX_SHOWN = 50;

    @Override
    public String node() {
        return "restore";
    }

    @Override
    public String name() {
        return "Restore a retracted message";
    }

    @Override
    public Access access() {
        return Access.MODERATORS;
    }

    @Override
    public CommandForm form(Asker asker) {
        Map<String, String> options = new LinkedHashMap<>();
        desk.retractions().latest(asker.room(), soon(), MAX_SHOWN).stream()
                .filter(one -> one.restorable() && !one.undone())
                .forEach(one -> options.put(one.id(), label(one)));
        return new CommandForm(options.isEmpty() ? "Nothing was retracted lately." : "Which one?")
                .choice("retraction", "Message", "", options);
    }

    @Override
    public CommandForm run(Asker asker, Fields fields) throws CommandException {
        Optional<Retraction> known = desk.retractions()
                .find(fields.required("retraction"))
                .filter(one -> one.room().equals(asker.room()));
        if (known.isEmpty()) {
            throw new CommandException("\"retraction\" must be one of this room.");
        }
        Actor by = new Actor(asker.sender().asBareJID(), asker.sender().toBareJID(), "");
        desk.retractions().undo(known.get().id(), by, (outcome, made) -> {});
        return new CommandForm("It is being restored.");
    }

    private Instant soon() {
        return desk.clock().instant().plusSeconds(60);
    }

    private static String label(Retraction one) {
        return one.nickname() + " at " + one.saidAt() + (one.reason().isEmpty() ? "" : ": " + one.reason());
    }
}
