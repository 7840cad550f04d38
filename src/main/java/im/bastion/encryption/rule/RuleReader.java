// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.rule;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import im.bastion.encryption.leak.Leak;
import im.bastion.encryption.rule.EncryptionRule.Stances;
import im.bastion.encryption.scheme.Scheme;
import im.bastion.policy.Mode;
import im.bastion.store.PolicyBody;
import im.bastion.store.PolicyRow;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xmpp.packet.JID;

/**
 * Reads a rule's definition, a JSON object:
 *
 * <pre>{"users": [bare JIDs], "groups": [names], "rooms": [bare JIDs], "domains": [names, or "*"],
 * "schemes": {"omemo-2": "require" | "prefer" | "allow" | "forbid", …},
 * "tolerate": [leaks], "except": [bare JIDs or domains], "action": "refuse" | "warn", "grace": "2026-12-24"}</pre>
 *
 * Needs one of the first four; anything else may be absent. Limits: 64 KiB (the store's), 2,000 entries in a list.
 */
public final class RuleReader {
    private static final int MAX_ENTRIES = 2_000;
    private static final int MAX_QUOTED = 80;
    private static final Set<String> FIELDS =
            Set.of("users", "groups", "rooms", "domains", "schemes", "tolerate", "except", "action", "grace");
    private static final Map<String, Leak> LEAKS = Stream.of(Leak.values())
            .filter(leak -> leak != Leak.OFFERED_FILE)
            .collect(Collectors.toMap(Leak::word, Function.identity(), (a, b) -> a, TreeMap::new));
    private static final Map<String, Scheme> SCHEMES =
            Stream.of(Scheme.values()).collect(Collectors.toMap(Scheme::word, Function.identity()));
    private static final Map<String, Stance> STANCES =
            Stream.of(Stance.values()).collect(Collectors.toMap(Stance::word, Function.identity()));

    private final PolicyRow row;
    private final JsonObject body;

    private RuleReader(PolicyRow row) {
        this.row = row;
        this.body = PolicyBody.parse(row.body());
    }

    /**
     * Reads one rule.
     *
     * @param ceiling the guard's own mode
     * @param groups the bare JIDs in a group; empty when there is no such group
     * @throws IllegalArgumentException naming the rule, the field and what is allowed there
     */
    public static EncryptionRule read(PolicyRow row, Mode ceiling, Function<String, Set<String>> groups) {
        return new RuleReader(row).read(ceiling, groups);
    }

    private EncryptionRule read(Mode ceiling, Function<String, Set<String>> groups) {
        for (String field : body.keySet()) {
            if (!FIELDS.contains(field)) {
                throw bad("has a field \"" + cut(field) + "\"; known are " + String.join(", ", sorted(FIELDS)));
            }
        }
        return new EncryptionRule(
                row.rule(),
                row.version(),
                row.mode().within(ceiling),
                scope(groups),
                except(),
                stances(),
                tolerated(),
                warnsOnly(),
                grace());
    }

    private Scope scope(Function<String, Set<String>> groups) {
        Set<String> addresses = new HashSet<>();
        texts("users").forEach(text -> addresses.add(address("users", text)));
        texts("rooms").forEach(text -> addresses.add(address("rooms", text)));
        Set<String> names = texts("groups");
        Set<String> members = new HashSet<>();
        names.forEach(name -> members.addAll(groups.apply(name)));
        Set<String> domains = new HashSet<>(texts("domains"));
        boolean everybody = domains.remove("*");
        Scope scope = new Scope(
                addresses,
                names,
                members,
                domains.stream().map(text -> domain("domains", text)).collect(Collectors.toSet()),
                everybody);
        if (addresses.isEmpty() && names.isEmpty() && domains.isEmpty() && !everybody) {
            throw bad("needs somebody it is for in \"users\", \"groups\", \"rooms\" or \"domains\" ([\"*\"] for all)");
        }
        return scope;
    }

    private Set<String> except() {
        return texts("except").stream()
                .map(text -> text.contains("@") ? address("except", text) : domain("except", text))
                .collect(Collectors.toSet());
    }

    private Stances stances() {
        JsonElement field = body.get("schemes");
        if (field == null) {
            return new Stances(0, 0, 0, 0);
        }
        if (!field.isJsonObject()) {
            throw bad("has in \"schemes\" something else than an object");
        }
        Map<Stance, Integer> sets = new EnumMap<>(Stance.class);
        field.getAsJsonObject().entrySet().forEach(entry -> {
            Scheme scheme = SCHEMES.get(entry.getKey());
            Stance stance = STANCES.get(text("schemes", entry.getValue()));
            if (scheme == null || stance == null) {
                throw bad("has in \"schemes\" \"" + cut(entry.getKey()) + "\": \""
                        + cut(text("schemes", entry.getValue())) + "\"; known are "
                        + String.join(", ", sorted(SCHEMES.keySet())) + " with "
                        + String.join(", ", sorted(STANCES.keySet())));
            }
            sets.merge(stance, scheme.bit(), (a, b) -> a | b);
        });
        return new Stances(
                sets.getOrDefault(Stance.REQUIRE, 0),
                sets.getOrDefault(Stance.PREFER, 0),
                sets.getOrDefault(Stance.ALLOW, 0),
                sets.getOrDefault(Stance.FORBID, 0));
    }

    private int tolerated() {
        int set = 0;
        for (String word : texts("tolerate")) {
            Leak leak = LEAKS.get(word);
            if (leak == null) {
                throw bad("has in \"tolerate\" \"" + cut(word) + "\"; known are " + String.join(", ", LEAKS.keySet()));
            }
            set |= leak.bit();
        }
        return set;
    }

    private boolean warnsOnly() {
        JsonElement field = body.get("action");
        String action = field == null ? "refuse" : text("action", field);
        return switch (action) {
            case "refuse" -> false;
            case "warn" -> true;
            default -> throw bad("has \"action\" \"" + cut(action) + "\"; allowed are \"refuse\" and \"warn\"");
        };
    }

    private Instant grace() {
        JsonElement field = body.get("grace");
        if (field == null) {
            return Instant.MIN;
        }
        String text = text("grace", field);
        try {
            return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        } catch (DateTimeParseException e) {
            throw bad("has \"grace\" \"" + cut(text) + "\", which is not a day such as 2026-12-24");
        }
    }

    private String address(String field, String text) {
        try {
            JID jid = new JID(text);
            if (jid.getNode() != null && jid.getResource() == null) {
                return jid.toBareJID();
            }
        } catch (IllegalArgumentException e) {
            // Told below, as for an address without name or with a resource.
        }
        throw bad("has in \"" + field + "\" \"" + cut(text) + "\", which is not an address such as name@example.org");
    }

    private String domain(String field, String text) {
        try {
            JID jid = new JID(text);
            if (jid.getNode() == null && jid.getResource() == null) {
                return jid.getDomain();
            }
        } catch (IllegalArgumentException e) {
            // Told below.
        }
        throw bad("has in \"" + field + "\" \"" + cut(text) + "\", which is not a domain name");
    }

    private Set<String> texts(String field) {
        JsonElement value = body.get(field);
        if (value == null) {
            return Set.of();
        }
        if (!(value instanceof JsonArray list) || list.size() > MAX_ENTRIES) {
            throw bad("needs in \"" + field + "\" a list of at most " + MAX_ENTRIES);
        }
        Set<String> texts = new HashSet<>();
        list.forEach(entry -> texts.add(text(field, entry)));
        return texts;
    }

    private String text(String field, JsonElement value) {
        if (!value.isJsonPrimitive() || !value.getAsJsonPrimitive().isString()) {
            throw bad("has something else than text in \"" + field + "\"");
        }
        return value.getAsString();
    }

    private static List<String> sorted(Set<String> words) {
        return words.stream().sorted().toList();
    }

    private static String cut(String text) {
        return text.length() <= MAX_QUOTED ? text : text.substring(0, MAX_QUOTED) + "…";
    }

    private IllegalArgumentException bad(String what) {
        return new IllegalArgumentException("Rule " + row.rule() + " (version " + row.version() + ") " + what);
    }
}
