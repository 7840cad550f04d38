// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.encryption.rule.Stance;
import im.bastion.encryption.scheme.Scheme;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.PolicyRow;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A rule of the encryption policy as the editor has it.
 *
 * @param name without the guard's
 * @param version it was made from; 0 for a new one
 * @param whom the four lists of whom it is for
 * @param stances what it says of the schemes it speaks of
 * @param warns whether it never refuses
 * @param grace the day from which it refuses; empty for at once
 */
public record EncryptionDraft(
        String name,
        int version,
        Mode mode,
        Whom whom,
        Map<Scheme, Stance> stances,
        List<String> tolerate,
        List<String> except,
        boolean warns,
        String grace) {
    private static final String GUARD = "encryption.";

    /** Whom a rule is for, one entry a line. */
    public record Whom(List<String> users, List<String> groups, List<String> rooms, List<String> domains) {}

    static final EncryptionDraft NONE = new EncryptionDraft(
            "",
            0,
            Mode.OBSERVE,
            new Whom(List.of(), List.of(), List.of(), List.of()),
            Map.of(),
            List.of(),
            List.of(),
            false,
            "");

    static EncryptionDraft of(Form form) {
        Map<Scheme, Stance> stances = new EnumMap<>(Scheme.class);
        for (Scheme scheme : Scheme.values()) {
            put(stances, scheme, form.text("scheme-" + scheme.word()));
        }
        return new EncryptionDraft(
                form.text("rule"),
                Math.max(0, form.number("version")),
                form.mode("mode"),
                new Whom(form.lines("users"), form.lines("groups"), form.lines("rooms"), form.lines("domains")),
                stances,
                form.lines("tolerate"),
                form.lines("except"),
                form.text("do").equals("warn"),
                form.text("grace"));
    }

    static EncryptionDraft of(PolicyRow row) {
        RuleBody body = RuleBody.parse(row.body());
        Map<Scheme, Stance> stances = new EnumMap<>(Scheme.class);
        RuleBody schemes = body.object("schemes");
        for (Scheme scheme : Scheme.values()) {
            put(stances, scheme, schemes.text(scheme.word()));
        }
        return new EncryptionDraft(
                row.rule().value().substring(GUARD.length()),
                row.version(),
                row.mode(),
                new Whom(body.list("users"), body.list("groups"), body.list("rooms"), body.list("domains")),
                stances,
                body.list("tolerate"),
                body.list("except"),
                body.text("action").equals("warn"),
                body.text("grace"));
    }

    /** Null when the name is none. */
    RuleId id() {
        try {
            return new RuleId(GUARD + name);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The rule as if it was stored now. */
    PolicyRow row(String author, Instant at) {
        return new PolicyRow(id(), version + 1, mode, body(), author, at);
    }

    String body() {
        RuleBody body = new RuleBody();
        put(body, "users", whom.users());
        put(body, "groups", whom.groups());
        put(body, "rooms", whom.rooms());
        put(body, "domains", whom.domains());
        RuleBody schemes = new RuleBody();
        stances.forEach((scheme, stance) -> schemes.with(scheme.word(), stance.word()));
        body.with("schemes", schemes);
        put(body, "tolerate", tolerate);
        put(body, "except", except);
        if (warns) {
            body.with("action", "warn");
        }
        return (grace.isEmpty() ? body : body.with("grace", grace)).toString();
    }

    /** The lines of a field. */
    public static String lines(List<String> entries) {
        return String.join("\n", entries);
    }

    private static void put(RuleBody body, String field, List<String> values) {
        if (!values.isEmpty()) {
            body.with(field, values);
        }
    }

    private static void put(Map<Scheme, Stance> stances, Scheme scheme, String word) {
        for (Stance stance : Stance.values()) {
            if (stance.word().equals(word)) {
                stances.put(scheme, stance);
            }
        }
    }
}
