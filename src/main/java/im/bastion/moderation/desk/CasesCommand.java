// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.desk;

import im.bastion.command.CommandException;
import im.bastion.command.CommandForm;
import im.bastion.command.Fields;
import im.bastion.moderation.archive.Retractions.Actor;
import im.bastion.moderation.desk.Case.State;
import im.bastion.moderation.sanction.Sanction;
import im.bastion.moderation.sanction.Sanctions;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The room's cases: to see one, and to decide. */
record CasesCommand(Desk desk) implements RoomCommand {
    private static final int MAX_SHOWN = 50;

    @Override
    public String node() {
        return "cases";
    }

    @Override
    public String name() {
        return "Cases";
    }

    @Override
    public Access access() {
        return Access.MODERATORS;
    }

    @Override
    public CommandForm form(Asker asker) {
        Map<String, String> open = new LinkedHashMap<>();
        desk.cases()
                .latest(asker.room(), State.OPEN, soon(), MAX_SHOWN)
                .forEach(one -> open.put(one.reference(), label(one)));
        Map<String, String> decisions = new LinkedHashMap<>();
        decisions.put("see", "Show it");
        decisions.put("uphold", "It was right: close it");
        decisions.put("overturn", "It was wrong: undo what followed");
        decisions.put("retract", "Retract the reported message");
        decisions.put("mute", "Mute the person for an hour");
        decisions.put("ban", "Ban the person for a day");
        return new CommandForm(open.size() + " open cases. Older ones by their reference.")
                .choice("case", "Open case", "", open)
                .text("reference", "Or the reference of any case", "")
                .choice("do", "What to do", "see", decisions);
    }

    @Override
    public CommandForm run(Asker asker, Fields fields) throws CommandException {
        String reference = fields.text("reference").isEmpty() ? fields.required("case") : fields.text("reference");
        Optional<Case> found =
                desk.cases().find(reference).filter(one -> asker.room().equals(one.room()));
        if (found.isEmpty()) {
            throw new CommandException("\"reference\" must be that of a case in this room.");
        }
        Case one = found.get();
        String by = asker.sender().toBareJID();
        return switch (fields.text("do")) {
            case "", "see" -> shown(one);
            case "uphold" -> resolved(one, State.UPHELD, by, "The case is closed.");
            case "overturn" -> resolved(one, State.OVERTURNED, by, "What followed is being undone.");
            case "retract" -> retracted(asker, one);
            case "mute" -> sanctioned(asker, one, Sanction.Kind.MUTE, Duration.ofHours(1));
            case "ban" -> sanctioned(asker, one, Sanction.Kind.BAN, Duration.ofDays(1));
            default -> throw new CommandException("\"do\" must be see, uphold, overturn, retract, mute or ban.");
        };
    }

    private CommandForm resolved(Case one, State decision, String by, String told) {
        boolean unused = desk.cases().resolve(one.reference(), decision, by);
        return new CommandForm(told);
    }

    private CommandForm retracted(Asker asker, Case one) throws CommandException {
        if (one.stanzaId().isEmpty()) {
            throw new CommandException("This case names no message that was delivered.");
        }
        Actor by = new Actor(asker.sender().asBareJID(), asker.sender().toBareJID(), one.reference());
        desk.retractions().retract(asker.room(), one.stanzaId(), by, "", (outcome, made) -> {});
        return new CommandForm("It is being retracted.");
    }

    private CommandForm sanctioned(Asker asker, Case one, Sanction.Kind kind, Duration length) throws CommandException {
        if (one.person() == null) {
            throw new CommandException("This case is about no person.");
        }
        return SanctionCommand.imposed(
                desk,
                new Sanctions.Wish(
                        kind,
                        asker.room(),
                        one.person(),
                        length,
                        one.rule(),
                        one.reference(),
                        one.summary(),
                        asker.sender().toBareJID()));
    }

    private static CommandForm shown(Case one) {
        CommandForm form = new CommandForm("Case " + one.reference())
                .read("State", one.state().name())
                .read("About", one.nickname().isEmpty() ? String.valueOf(one.person()) : one.nickname())
                .read("What", one.summary())
                .read("How often", String.valueOf(one.count()))
                .read("First", one.openedAt().toString())
                .read("Last", one.lastAt().toString());
        if (!one.excerpt().isEmpty()) {
            form.read("Words", one.excerpt());
        }
        return one.appeal().isEmpty() ? form : form.read("Appeal", one.appeal());
    }

    private static String label(Case one) {
        return one.reference() + " " + one.nickname() + " ×" + one.count() + ": " + one.summary();
    }

    private Instant soon() {
        return desk.clock().instant().plusSeconds(60);
    }
}
