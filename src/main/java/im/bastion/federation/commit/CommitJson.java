// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.commit;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import im.bastion.federation.commit.PendingCommit.Before;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.PolicyBody;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A pending commit as the body of a policy row. */
public final class CommitJson {
    private CommitJson() {}

    /** @throws IllegalArgumentException when it is more than a row can hold */
    public static String of(PendingCommit commit) {
        JsonObject json = new JsonObject();
        json.addProperty("until", commit.until().toEpochMilli());
        if (commit.guard() != null) {
            json.addProperty("guard", commit.guard().name());
        }
        JsonArray rules = new JsonArray();
        for (Before before : commit.rules()) {
            JsonObject rule = new JsonObject();
            rule.addProperty("rule", before.rule().value());
            rule.addProperty("version", before.version());
            rule.addProperty("mode", before.mode().name());
            if (before.body() != null) {
                rule.add("body", PolicyBody.parse(before.body()));
            }
            rules.add(rule);
        }
        json.add("rules", rules);
        String body = json.toString();
        PolicyBody.parse(body);
        return body;
    }

    /** @throws IllegalArgumentException when the text is not what {@link #of} writes */
    public static PendingCommit read(String body) {
        JsonObject json = PolicyBody.parse(body);
        try {
            List<Before> rules = new ArrayList<>();
            for (JsonElement element : json.getAsJsonArray("rules")) {
                JsonObject rule = element.getAsJsonObject();
                rules.add(new Before(
                        new RuleId(rule.get("rule").getAsString()),
                        rule.get("version").getAsInt(),
                        Mode.valueOf(rule.get("mode").getAsString()),
                        rule.has("body") ? rule.getAsJsonObject("body").toString() : null));
            }
            if (rules.stream().map(Before::rule).distinct().count() != rules.size()) {
                throw new IllegalArgumentException("one rule is there twice");
            }
            return new PendingCommit(
                    Instant.ofEpochMilli(json.get("until").getAsLong()),
                    json.has("guard") ? Mode.valueOf(json.get("guard").getAsString()) : null,
                    rules);
        } catch (NullPointerException
                | ClassCastException
                | IllegalStateException
                | UnsupportedOperationException
                | DateTimeException e) {
            throw new IllegalArgumentException("not a pending commit: " + e.getMessage(), e);
        }
    }
}
