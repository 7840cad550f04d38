// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.desk;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import im.bastion.moderation.rule.Scopes;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.PolicyRow;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.xmpp.packet.JID;

/** The rules that the room's owners have made for their room; those of the server are not theirs to change. */
record RuleCommand(Desk desk) implements RoomCommand {
    private static final int DIGITS = 12;

    @Override
    public String node() {
        return "rules";
    }

    @Override
    public String name() {
        return "Rules of this room";
    }

    @Override
    public Access access() {
        return Access.OWNERS;
    }

    @Override
    public CommandForm form(Asker asker) {
        Map<String, String> kinds = new LinkedHashMap<>();
        kinds.put("listed-phrase", "Words that may not be said (one per comma)");
        kinds.put("link", "How many links a message of a stranger may have");
        kinds.put("slow-mode", "Seconds between two messages of the same person");
        Map<String, String> modes = new LinkedHashMap<>();
        modes.put("OBSERVE", "Only note what it would do");
        modes.put("ENFORCE", "Act");
        modes.put("OFF", "Off");
        StringBuilder present = new StringBuilder("Now: ");
        desk.policies().of("moderation").stream()
                .filter(row -> row.rule().value().startsWith(prefix(asker.room())))
                .forEach(row -> present.append(row.rule()
                                .value()
                                .substring(prefix(asker.room()).length()))
                        .append(' ')
                        .append(row.mode())
                        .append("; "));
        return new CommandForm(
                        present.append("the server's own rules apply as well.").toString())
                .choice("rule", "Rule", "listed-phrase", kinds)
                .text("value", "Words, number of links, or seconds", "")
                .choice("mode", "Mode", "OBSERVE", modes);
    }

    @Override
    public CommandForm run(Asker asker, Fields fields) throws CommandException {
        String kind = fields.required("rule");
        JsonObject body = new JsonObject();
        body.addProperty("type", kind);
        JsonArray rooms = new JsonArray();
        rooms.add(asker.room().toString());
        body.add("rooms", rooms);
        switch (kind) {
            case "listed-phrase" -> body.add("phrases", words(fields.required("value")));
            case "link" -> body.addProperty("max", number(fields));
            case "slow-mode" -> {
                // XEP-0500: everybody but admins and owners, as where owners set it in the room's configuration.
                body.addProperty("members", true);
                body.addProperty("seconds", number(fields));
            }
            default -> throw new CommandException("\"rule\" must be listed-phrase, link or slow-mode.");
        }
        RuleId rule = new RuleId(prefix(asker.room()) + kind);
        PolicyRow draft = new PolicyRow(
                rule,
                1,
                mode(fields),
                body.toString(),
                asker.sender().toBareJID(),
                desk.clock().instant());
        String fault = desk.fault().apply(draft);
        if (fault != null) {
            throw new CommandException(fault);
        }
        try {
            PolicyRow stored = desk.policies().change(rule, draft.mode(), draft.body(), draft.author());
            return new CommandForm("Version " + stored.version() + " of the rule is in force: " + stored.mode() + ".");
        } catch (SQLException e) {
            throw new CommandException("The server's database does not take it now. Try again later.");
        } catch (IllegalArgumentException e) {
            throw new CommandException(e.getMessage());
        }
    }

    private static String prefix(JID room) {
        return "moderation.room-" + Scopes.of(room).substring(0, DIGITS) + "-";
    }

    private static Mode mode(Fields fields) throws CommandException {
        return switch (fields.text("mode")) {
            case "OFF" -> Mode.OFF;
            case "OBSERVE" -> Mode.OBSERVE;
            case "ENFORCE" -> Mode.ENFORCE;
            default -> throw new CommandException("\"mode\" must be OFF, OBSERVE or ENFORCE.");
        };
    }

    private static JsonArray words(String value) {
        JsonArray words = new JsonArray();
        for (String word : value.split(",", -1)) {
            if (!word.isBlank()) {
                words.add(word.strip());
            }
        }
        return words;
    }

    private static int number(Fields fields) throws CommandException {
        try {
            return Integer.parseInt(fields.required("value"));
        } catch (NumberFormatException e) {
            throw new CommandException("\"value\" must be a whole number for this rule.");
        }
    }
}
