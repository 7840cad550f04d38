// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.book;

import com.google.gson.JsonObject;
import im.bastion.host.Rooms;
import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.rule.ActiveRule;
import im.bastion.moderation.rule.BrokenDefinition;
import im.bastion.moderation.rule.Definition;
import im.bastion.moderation.rule.ModerationRule;
import im.bastion.moderation.rule.RuleScope;
import im.bastion.moderation.rule.RuleType;
import im.bastion.policy.Mode;
import im.bastion.store.PolicyBody;
import im.bastion.store.PolicyRow;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The rules in force at one time. A definition is a JSON object with the fields of its type, those of {@link RuleScope},
 * "type" (which may be left out when the rule is named after its type) and "note" (for people).
 * Immutable, but for what its rules count.
 */
public final class RuleBook {
    private static final int MAX_NOTE_CHARS = 1_000;
    private static final int MAX_TYPE_CHARS = 64;

    private final List<RuleType> types;
    private final List<ActiveRule> rules;
    private final List<String> problems;
    private final RuleIndex index;

    private RuleBook(List<RuleType> types, List<ActiveRule> rules, List<String> problems) {
        this.types = types;
        this.rules = rules;
        this.problems = problems;
        this.index = new RuleIndex(rules);
    }

    /** No rule at all, of these types, which are in the order in which they judge. */
    public static RuleBook of(List<RuleType> types) {
        return new RuleBook(types, List.of(), List.of());
    }

    /** The types there are. */
    public List<RuleType> types() {
        return types;
    }

    /** The rules, in the order in which they judge. */
    public List<ActiveRule> rules() {
        return rules;
    }

    /** One sentence for each definition that could not be read; what was in force before still is. */
    public List<String> problems() {
        return problems;
    }

    /** The rules worth asking about the event, in their order: one that is left out would find nothing. */
    public List<ActiveRule> candidates(RoomEvent event) {
        return index.candidates(event);
    }

    /** The book after the definitions have become these; what cannot be read stays as it is in this one. */
    public RuleBook with(List<PolicyRow> rows) {
        List<ActiveRule> next = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        rows.stream().filter(row -> row.mode() != Mode.OFF).forEach(row -> add(row, next, wrong));
        next.sort(Comparator.comparingInt(active -> types.indexOf(active.type())));
        return new RuleBook(types, List.copyOf(next), List.copyOf(wrong));
    }

    /** Reads one definition. */
    public ActiveRule read(PolicyRow row) throws BrokenDefinition {
        Definition definition = new Definition(object(row.body()));
        RuleType type = type(row, definition);
        RuleScope scope = RuleScope.read(definition);
        ModerationRule rule = type.reader().read(definition);
        String unused = definition.text("note", "", MAX_NOTE_CHARS);
        definition.requireAllKnown();
        return new ActiveRule(row.rule(), type, rule, scope, row.version(), row.mode());
    }

    /**
     * What its author should know of a definition that can be read but will not do what it seems to, one sentence each.
     * Asks for all rooms: not for the stanza path.
     *
     * @throws BrokenDefinition when it cannot be read
     */
    public List<String> advice(PolicyRow row, Rooms rooms) throws BrokenDefinition {
        return RuleAdvice.on(read(row), rules, rooms);
    }

    private void add(PolicyRow row, List<ActiveRule> next, List<String> wrong) {
        ActiveRule before = before(row);
        if (before != null && before.version() == row.version()) {
            // The same object, because it may have counted.
            next.add(before);
            return;
        }
        try {
            next.add(read(row));
        } catch (BrokenDefinition e) {
            String now = before == null ? "it is not in force" : "version " + before.version() + " stays in force";
            wrong.add("Rule " + row.rule() + " version " + row.version() + ": " + e.getMessage() + "; " + now);
            if (before != null) {
                next.add(before);
            }
        }
    }

    private ActiveRule before(PolicyRow row) {
        return rules.stream()
                .filter(active -> active.id().equals(row.rule()))
                .findFirst()
                .orElse(null);
    }

    private RuleType type(PolicyRow row, Definition definition) throws BrokenDefinition {
        String value = row.rule().value();
        String name = definition.text("type", value.substring(value.indexOf('.') + 1), MAX_TYPE_CHARS);
        return types.stream()
                .filter(type -> type.name().equals(name))
                .findFirst()
                .orElseThrow(() -> definition.broken(
                        "type",
                        "one of "
                                + String.join(
                                        ", ", types.stream().map(RuleType::name).toList())));
    }

    private static JsonObject object(String body) throws BrokenDefinition {
        try {
            return PolicyBody.parse(body);
        } catch (IllegalArgumentException e) {
            // In our words: the parser's may repeat what the list holds.
            throw new BrokenDefinition("body", "one JSON object of at most " + PolicyBody.MAX_BYTES + " bytes", e);
        }
    }
}
