// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.rule;

import com.google.gson.JsonObject;
import im.bastion.policy.Mode;
import im.bastion.store.PolicyBody;
import im.bastion.store.PolicyRow;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules in force at one time.
 *
 * @param rules in the order in which they judge
 * @param problems one sentence for each definition that could not be read; what was in force before still is
 */
public record RuleBook(List<ActiveRule> rules, List<String> problems) {
    /** No rule at all. */
    public static final RuleBook EMPTY = new RuleBook(List.of(), List.of());

    /** The book after the definitions have become these; what cannot be read stays as it is in this one. */
    public RuleBook with(List<PolicyRow> rows) {
        List<ActiveRule> next = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        rows.stream()
                .filter(row -> row.mode() != Mode.OFF && typeOf(row) == null)
                .forEach(row ->
                        wrong.add("Rule " + row.rule() + " is unknown to this version of Bastion; it is not in force"));
        for (RuleType type : ModerationRules.ALL) {
            rows.stream()
                    .filter(row -> row.rule().equals(type.id()) && row.mode() != Mode.OFF)
                    .findFirst()
                    .ifPresent(row -> read(type, row, next, wrong));
        }
        return new RuleBook(List.copyOf(next), List.copyOf(wrong));
    }

    private void read(RuleType type, PolicyRow row, List<ActiveRule> next, List<String> wrong) {
        try {
            next.add(new ActiveRule(type, type.reader().read(object(row.body())), row.version(), row.mode()));
        } catch (BrokenDefinition e) {
            ActiveRule lastGood = lastGood(type);
            String now = lastGood == null ? "it is not in force" : "version " + lastGood.version() + " stays in force";
            wrong.add("Rule " + type.id() + " version " + row.version() + ": " + e.getMessage() + "; " + now);
            if (lastGood != null) {
                next.add(lastGood);
            }
        }
    }

    private static RuleType typeOf(PolicyRow row) {
        return ModerationRules.ALL.stream()
                .filter(type -> type.id().equals(row.rule()))
                .findFirst()
                .orElse(null);
    }

    private ActiveRule lastGood(RuleType type) {
        return rules.stream()
                .filter(active -> active.type().equals(type))
                .findFirst()
                .orElse(null);
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
