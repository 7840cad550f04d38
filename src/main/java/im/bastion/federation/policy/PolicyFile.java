// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.policy;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.PolicyBody;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The whole policy as one JSON text, {@code federation-policy.schema.json} describes it. Read as a whole or not at all.
 * Limits: 4 million characters, 1,000 rules, 64 KiB for each.
 */
public final class PolicyFile {
    /** What the field "format" must say. */
    public static final String FORMAT = "bastion-federation-policy";

    /** The version of the format that is written, and the only one that is read. */
    public static final int VERSION = 1;

    private static final String GUARD = "federation.";
    private static final int MAX_CHARS = 4_000_000;
    private static final int MAX_RULES = 1_000;
    private static final int MAX_FAULTS = 20;
    private static final int MAX_NAME = 64;
    private static final List<String> FIELDS = List.of("format", "version", "rules");
    private static final List<String> RULE_FIELDS = ruleFields();
    private static final Gson PRETTY =
            new GsonBuilder().setPrettyPrinting().disableHtmlEscaping().create();

    /**
     * What reading gave: rules, or what is wrong.
     *
     * @param rules empty when there are faults
     * @param faults at most 20, in the order of the text
     */
    public record Content(List<RuleDraft> rules, List<PolicyFault> faults) {}

    private PolicyFile() {}

    /**
     * Reads a text.
     *
     * @param local whether a domain is this server's own
     */
    public static Content read(String text, Predicate<String> local) {
        List<PolicyFault> faults = new ArrayList<>();
        List<RuleDraft> rules = new ArrayList<>();
        try {
            Located root = Located.parse(text, MAX_CHARS).only(FIELDS);
            root.required("format").oneOf(Map.of(FORMAT, true));
            requireVersion(root.required("version"));
            PolicyCheck check = new PolicyCheck(local);
            Set<RuleId> ids = new HashSet<>();
            for (Located item : root.required("rules").items(MAX_RULES)) {
                try {
                    rules.add(rule(item, ids, check));
                } catch (PolicyFault e) {
                    faults.add(e);
                }
            }
        } catch (PolicyFault e) {
            faults.add(e);
        }
        return faults.isEmpty()
                ? new Content(List.copyOf(rules), List.of())
                : new Content(List.of(), faults.stream().limit(MAX_FAULTS).toList());
    }

    /** Writes rules: what {@link #read} reads. */
    public static String write(List<Demand> demands) {
        JsonArray rules = new JsonArray();
        for (Demand demand : demands) {
            JsonObject rule = new JsonObject();
            rule.addProperty("id", demand.id().value().substring(GUARD.length()));
            rule.addProperty("mode", demand.mode().name().toLowerCase(Locale.ROOT));
            DefinitionJson.of(demand.definition())
                    .entrySet()
                    .forEach(field -> rule.add(field.getKey(), field.getValue()));
            rules.add(rule);
        }
        JsonObject root = new JsonObject();
        root.addProperty("format", FORMAT);
        root.addProperty("version", VERSION);
        root.add("rules", rules);
        return PRETTY.toJson(root) + "\n";
    }

    private static void requireVersion(Located field) {
        if (!Double.valueOf(VERSION).equals(field.value())) {
            throw field.fault("must be " + VERSION + ": this Bastion reads no other");
        }
    }

    private static RuleDraft rule(Located item, Set<RuleId> ids, PolicyCheck check) {
        item.only(RULE_FIELDS);
        RuleId id = id(item.required("id"));
        if (!ids.add(id)) {
            throw item.required("id").fault("is there twice");
        }
        Mode mode = item.required("mode").oneOf(modes());
        Definition definition = DemandReader.definition(item);
        check.add(id, mode, definition, item.required("peers"));
        String body = DefinitionJson.of(definition).toString();
        if (body.getBytes(StandardCharsets.UTF_8).length > PolicyBody.MAX_BYTES) {
            throw item.fault("is more than " + PolicyBody.MAX_BYTES + " bytes; make two rules of it");
        }
        return new RuleDraft(id, mode, body);
    }

    private static RuleId id(Located field) {
        String name = field.text(MAX_NAME);
        try {
            return new RuleId(GUARD + name);
        } catch (IllegalArgumentException e) {
            throw field.fault("must be of lowercase letters, digits and single hyphens, at most "
                    + (MAX_NAME - GUARD.length()) + " characters, is " + PolicyFault.quoted(name));
        }
    }

    private static Map<String, Mode> modes() {
        Map<String, Mode> modes = new LinkedHashMap<>();
        for (Mode mode : Mode.values()) {
            modes.put(mode.name().toLowerCase(Locale.ROOT), mode);
        }
        return modes;
    }

    private static List<String> ruleFields() {
        List<String> fields = new ArrayList<>(List.of("id", "mode"));
        fields.addAll(DemandReader.FIELDS);
        return List.copyOf(fields);
    }
}
