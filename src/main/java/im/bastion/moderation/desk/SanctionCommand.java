// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.desk;

import im.bastion.command.CommandException;
import im.bastion.command.CommandForm;
import im.bastion.command.Fields;
import im.bastion.moderation.sanction.Sanction;
import im.bastion.moderation.sanction.Sanctions;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.xmpp.packet.JID;

/** Warns, mutes, kicks or bans somebody. */
record SanctionCommand(Desk desk, Sanction.Kind kind, String node, String name, boolean lasting)
        implements RoomCommand {
    private static final int MAX_MINUTES = 366 * 24 * 60;
    private static final int MAX_REASON = 300;
    private static final long PATIENCE_SECONDS = 10;

    static RoomCommand warn(Desk desk) {
        return new SanctionCommand(desk, Sanction.Kind.WARN, "warn", "Warn somebody", false);
    }

    static RoomCommand mute(Desk desk) {
        return new SanctionCommand(desk, Sanction.Kind.MUTE, "mute", "Mute somebody", true);
    }

    static RoomCommand kick(Desk desk) {
        return new SanctionCommand(desk, Sanction.Kind.KICK, "kick", "Put somebody out", false);
    }

    static RoomCommand ban(Desk desk) {
        return new SanctionCommand(desk, Sanction.Kind.BAN, "ban", "Ban somebody", true);
    }

    @Override
    public Access access() {
        return Access.MODERATORS;
    }

    @Override
    public CommandForm form(Asker asker) {
        CommandForm form = new CommandForm("Who, and why? The person is told the reason, not who decided.")
                .text("person", "Nickname or account", "")
                .text("reason", "Reason", "");
        return lasting ? form.text("minutes", "For how many minutes? 0 is without end", "60") : form;
    }

    @Override
    public CommandForm run(Asker asker, Fields fields) throws CommandException {
        JID person = People.meant(desk.host().rooms(), asker.room(), fields.required("person"));
        String reason = fields.required("reason");
        Duration length = lasting ? fields.minutes("minutes", MAX_MINUTES) : null;
        return imposed(
                desk,
                new Sanctions.Wish(
                        kind,
                        asker.room(),
                        person,
                        length,
                        null,
                        "",
                        reason.substring(0, Math.min(reason.length(), MAX_REASON)),
                        asker.sender().toBareJID()));
    }

    /** Imposes it and waits until that is done. */
    static CommandForm imposed(Desk desk, Sanctions.Wish wish) throws CommandException {
        CompletableFuture<CommandForm> told = new CompletableFuture<>();
        desk.sanctions().impose(wish, (sanction, refused) -> {
            if (sanction != null) {
                told.complete(new CommandForm("Done. It can be taken back with reference " + sanction.id() + "."));
            } else {
                told.completeExceptionally(new CommandException(
                        switch (refused) {
                            case EXEMPT ->
                                "Owners, admins and moderators of the room and administrators of the server"
                                        + " are out of reach of this.";
                            case LAST_OWNER -> "This is the only owner of the room.";
                            case NO_SUCH_ROOM -> "There is no such room any more.";
                            case FAILED -> "The server could not do it now. Try again later.";
                        }));
            }
        });
        try {
            return told.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof CommandException known
                    ? known
                    : new CommandException("The server could not do it now. Try again later.");
        } catch (TimeoutException e) {
            return new CommandForm("It will be done.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new CommandForm("It will be done.");
        }
    }
}
