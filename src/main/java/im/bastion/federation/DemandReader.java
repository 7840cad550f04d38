// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import im.bastion.federation.rule.FederationRules;
import im.bastion.federation.tls.DomainName;
import im.bastion.host.ServerSession.Direction;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.PolicyRow;
import java.io.IOException;
import java.io.StringReader;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

/**
 * Reads a rule's definition: {@code {"domains": ["*"] or names, "direction": "both", "in" or "out"}}. Both fields may be
 * absent: everybody, both directions. Anything else is refused as a whole. Limits: 64 KiB (the store's), 10,000 domains.
 */
final class DemandReader {
    /** The one rule there is so far. */
    static final RuleId TLS_AND_VALID_CERTIFICATE = new RuleId("federation.tls-and-valid-certificate");

    private static final String TITLE = "TLS and a valid certificate";
    private static final String EVERYBODY = "*";
    private static final int MAX_DOMAINS = 10_000;
    private static final int MAX_QUOTED = 80;

    private DemandReader() {}

    /**
     * Reads one rule.
     *
     * @param ceiling the guard's own mode
     * @throws IllegalArgumentException naming the rule, the field and what is allowed there
     */
    static Demand read(PolicyRow row, Mode ceiling) {
        if (!row.rule().equals(TLS_AND_VALID_CERTIFICATE)) {
            throw bad(row, "is not a rule of this version; known is " + TLS_AND_VALID_CERTIFICATE);
        }
        JsonObject body = object(row);
        for (String field : body.keySet()) {
            if (!field.equals("domains") && !field.equals("direction")) {
                throw bad(row, "has a field \"" + cut(field) + "\"; known are \"domains\" and \"direction\"");
            }
        }
        return new Demand(
                row.rule(),
                row.version(),
                TITLE,
                row.mode().within(ceiling),
                domains(row, body.get("domains")),
                directions(row, body.get("direction")),
                FederationRules.all());
    }

    private static JsonObject object(PolicyRow row) {
        try (JsonReader reader = new JsonReader(new StringReader(row.body()))) {
            reader.setStrictness(Strictness.STRICT);
            JsonElement element = JsonParser.parseReader(reader);
            if (!element.isJsonObject() || reader.peek() != JsonToken.END_DOCUMENT) {
                throw bad(row, "must be one JSON object");
            }
            return element.getAsJsonObject();
        } catch (IOException | JsonParseException e) {
            throw bad(row, "is not JSON: " + e.getMessage());
        }
    }

    /** Null for everybody. */
    private static Set<DomainName> domains(PolicyRow row, JsonElement field) {
        if (field == null) {
            return null;
        }
        if (!field.isJsonArray() || field.getAsJsonArray().isEmpty()) {
            throw bad(row, "needs in \"domains\" a list: [\"*\"] for all, or domain names");
        }
        JsonArray list = field.getAsJsonArray();
        if (list.size() > MAX_DOMAINS) {
            throw bad(row, "has more than " + MAX_DOMAINS + " \"domains\"");
        }
        Set<DomainName> names = new HashSet<>();
        for (JsonElement entry : list) {
            String text = text(row, "domains", entry);
            if (text.equals(EVERYBODY)) {
                if (list.size() > 1) {
                    throw bad(row, "has \"*\" beside other \"domains\"; \"*\" is already all of them");
                }
                return null;
            }
            names.add(domain(row, text));
        }
        return names;
    }

    private static DomainName domain(PolicyRow row, String text) {
        try {
            return DomainName.of(text);
        } catch (IllegalArgumentException e) {
            throw bad(row, "has in \"domains\" \"" + cut(text) + "\", which is not a domain name");
        }
    }

    private static Set<Direction> directions(PolicyRow row, JsonElement field) {
        String text = field == null ? "both" : text(row, "direction", field);
        return switch (text) {
            case "both" -> EnumSet.allOf(Direction.class);
            case "in" -> EnumSet.of(Direction.INCOMING);
            case "out" -> EnumSet.of(Direction.OUTGOING);
            default ->
                throw bad(row, "has \"direction\" \"" + cut(text) + "\"; allowed are \"both\", \"in\" and \"out\"");
        };
    }

    private static String text(PolicyRow row, String field, JsonElement value) {
        if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isString()) {
            throw bad(row, "has something else than text in \"" + field + "\"");
        }
        return value.getAsString();
    }

    private static String cut(String text) {
        return text.length() <= MAX_QUOTED ? text : text.substring(0, MAX_QUOTED) + "…";
    }

    private static IllegalArgumentException bad(PolicyRow row, String what) {
        return new IllegalArgumentException("Rule " + row.rule() + " (version " + row.version() + ") " + what);
    }
}
