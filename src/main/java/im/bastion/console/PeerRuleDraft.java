// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import im.bastion.federation.policy.Definition;
import im.bastion.federation.policy.Demand;
import im.bastion.federation.policy.Terms;
import im.bastion.federation.policy.Terms.CertificateDemand;
import im.bastion.federation.tls.CipherSuite.Strength;
import im.bastion.host.ServerSession.Direction;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A rule of the federation policy as the editor has it: every field is text, right or wrong.
 *
 * @param name without the guard's
 * @param version it was made from; 0 for a new one
 * @param peers one pattern a line
 * @param direction "both", "in" or "out"
 * @param certificate a {@link CertificateDemand}'s word
 * @param tls "" for any
 * @param ciphers words of the classes that are allowed; none for any
 * @param pins one a line: peer, current key, next key
 * @param exceptions one a line: peer, last day, reason
 */
public record PeerRuleDraft(
        String name,
        Mode mode,
        int version,
        String peers,
        String direction,
        String certificate,
        String tls,
        Set<String> ciphers,
        boolean forwardSecrecy,
        boolean dialback,
        boolean directTls,
        String pins,
        String exceptions,
        String note) {
    private static final String GUARD = "federation.";

    /** A new rule. */
    static final PeerRuleDraft NONE = new PeerRuleDraft(
            "", Mode.OBSERVE, 0, "*", "both", "valid", "1.2", Set.of(), false, true, false, "", "", "");

    static PeerRuleDraft of(Form form) {
        return new PeerRuleDraft(
                form.text("rule"),
                form.mode("mode"),
                Math.max(0, form.number("version")),
                form.text("peers"),
                form.text("direction"),
                form.text("certificate"),
                form.text("tls"),
                Arrays.stream(Strength.values())
                        .map(Strength::word)
                        .filter(word -> !form.text("cipher-" + word).isEmpty())
                        .collect(Collectors.toSet()),
                !form.text("forward-secrecy").isEmpty(),
                !form.text("dialback").isEmpty(),
                !form.text("direct-tls").isEmpty(),
                form.text("pins"),
                form.text("exceptions"),
                form.text("note"));
    }

    static PeerRuleDraft of(Demand demand) {
        Definition definition = demand.definition();
        Terms terms = definition.terms();
        return new PeerRuleDraft(
                demand.id().value().substring(GUARD.length()),
                demand.mode(),
                demand.version(),
                definition.peers().stream().map(String::valueOf).collect(Collectors.joining("\n")),
                direction(definition.directions()),
                terms.certificate().word(),
                terms.floor() == null ? "" : terms.floor().number(),
                terms.ciphers().stream().map(Strength::word).collect(Collectors.toSet()),
                terms.forwardSecrecy(),
                terms.dialback(),
                terms.directTls(),
                definition.pins().entrySet().stream()
                        .map(pin -> pin.getKey() + " " + pin.getValue().current()
                                + (pin.getValue().next() == null
                                        ? ""
                                        : " " + pin.getValue().next()))
                        .collect(Collectors.joining("\n")),
                definition.exceptions().entrySet().stream()
                        .map(entry -> entry.getKey() + " " + entry.getValue().until() + " "
                                + entry.getValue().reason())
                        .collect(Collectors.joining("\n")),
                definition.note());
    }

    /** With one exception more. */
    PeerRuleDraft excepting(String peer, String until, String reason) {
        String line = peer + " " + until + " " + reason;
        return new PeerRuleDraft(
                name,
                mode,
                version,
                peers,
                direction,
                certificate,
                tls,
                ciphers,
                forwardSecrecy,
                dialback,
                directTls,
                pins,
                exceptions.isEmpty() ? line : exceptions + "\n" + line,
                note);
    }

    /** Null when the name is none. */
    RuleId id() {
        try {
            return new RuleId(GUARD + name);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** The definition as JSON, with whatever is wrong in it. */
    String body() {
        JsonObject body = new JsonObject();
        JsonArray patterns = new JsonArray();
        lines(peers).forEach(patterns::add);
        body.add("peers", patterns);
        body.addProperty("direction", direction);
        body.addProperty("certificate", certificate);
        if (!tls.isEmpty()) {
            body.addProperty("tls", tls);
        }
        JsonArray classes = new JsonArray();
        ciphers.stream().sorted().forEach(classes::add);
        if (!classes.isEmpty()) {
            body.add("ciphers", classes);
        }
        if (forwardSecrecy) {
            body.addProperty("forward-secrecy", true);
        }
        if (!dialback) {
            body.addProperty("dialback", false);
        }
        if (directTls) {
            body.addProperty("direct-tls", true);
        }
        addEntries(body, "pins", pins, List.of("peer", "current", "next"));
        addEntries(body, "exceptions", exceptions, List.of("peer", "until", "reason"));
        if (!note.isEmpty()) {
            body.addProperty("note", note);
        }
        return body.toString();
    }

    /** The last of the fields takes the rest of its line. */
    private static void addEntries(JsonObject body, String name, String text, List<String> fields) {
        JsonArray entries = new JsonArray();
        for (String line : lines(text)) {
            String[] words = line.split("\\s+", fields.size());
            JsonObject entry = new JsonObject();
            for (int i = 0; i < words.length; i++) {
                entry.addProperty(fields.get(i), words[i]);
            }
            entries.add(entry);
        }
        if (!entries.isEmpty()) {
            body.add(name, entries);
        }
    }

    private static List<String> lines(String text) {
        return text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }

    static String direction(Set<Direction> directions) {
        if (directions.size() > 1) {
            return "both";
        }
        return directions.contains(Direction.INCOMING) ? "in" : "out";
    }
}
