// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.policy;

import im.bastion.federation.peer.PeerPattern;
import im.bastion.federation.policy.Terms.CertificateDemand;
import im.bastion.federation.rule.Pin;
import im.bastion.federation.rule.TlsFloorRule.Floor;
import im.bastion.federation.tls.CipherSuite.Strength;
import im.bastion.host.ServerSession.Direction;
import im.bastion.store.PolicyBody;
import im.bastion.store.PolicyRow;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Reads one rule's definition; docs/federation.md has the fields. Refuses what is not known, what can never match and what
 * contradicts itself. Limits: 64 KiB, 10,000 peers, 1,000 pins and exceptions.
 */
public final class DemandReader {
    /** The fields of a definition. */
    static final List<String> FIELDS = List.of(
            "peers",
            "direction",
            "certificate",
            "tls",
            "ciphers",
            "forward-secrecy",
            "dialback",
            "direct-tls",
            "pins",
            "exceptions",
            "note");

    static final int MAX_PEERS = 10_000;
    static final int MAX_ENTRIES = 1_000;
    static final int MAX_WORDS = 500;

    private static final int MAX_NAME = 300;
    private static final Map<String, Set<Direction>> DIRECTIONS =
            ordered(Stream.of("both", "in", "out"), word -> switch (word) {
                case "in" -> EnumSet.of(Direction.INCOMING);
                case "out" -> EnumSet.of(Direction.OUTGOING);
                default -> EnumSet.allOf(Direction.class);
            });
    private static final Map<String, CertificateDemand> CERTIFICATES =
            ordered(CertificateDemand.values(), CertificateDemand::word);
    private static final Map<String, Floor> FLOORS = ordered(Floor.values(), Floor::number);
    private static final Map<String, Strength> STRENGTHS = ordered(Strength.values(), Strength::word);

    private DemandReader() {}

    /**
     * Reads a stored rule.
     *
     * @throws PolicyFault naming field and what is allowed there
     */
    public static Demand read(PolicyRow row) {
        Located body = Located.parse(row.body(), PolicyBody.MAX_BYTES).only(FIELDS);
        return new Demand(row.rule(), row.version(), row.mode(), definition(body));
    }

    /**
     * Checks a rule by itself and beside the others.
     *
     * @param local whether a domain is this server's own
     * @throws PolicyFault naming field and what is allowed there
     */
    public static void check(PolicyRow draft, List<Demand> others, Predicate<String> local) {
        Located body = Located.parse(draft.body(), PolicyBody.MAX_BYTES).only(FIELDS);
        PolicyCheck check = new PolicyCheck(local);
        others.forEach(check::add);
        check.add(draft.rule(), draft.mode(), definition(body), body.required("peers"));
    }

    /** @param body an object that may have other fields beside those of a definition */
    static Definition definition(Located body) {
        List<PeerPattern> peers = peers(body.required("peers"));
        Definition definition = new Definition(
                body.member("note").map(note -> note.text(MAX_WORDS)).orElse(""),
                peers,
                body.member("direction").map(d -> d.oneOf(DIRECTIONS)).orElse(EnumSet.allOf(Direction.class)),
                terms(body),
                entries(body, "pins", peers, DemandReader::pin),
                entries(body, "exceptions", peers, DemandReader::waiver));
        refuseContradictions(body, definition);
        return definition;
    }

    /** The word for these directions. */
    static String word(Set<Direction> directions) {
        return DIRECTIONS.entrySet().stream()
                .filter(entry -> entry.getValue().equals(directions))
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    private static List<PeerPattern> peers(Located field) {
        Map<PeerPattern, Boolean> peers = new LinkedHashMap<>();
        for (Located item : field.items(MAX_PEERS)) {
            if (peers.put(pattern(item), true) != null) {
                throw item.fault("is there twice");
            }
        }
        if (peers.isEmpty()) {
            throw field.fault("needs at least one domain, or \"*\" for all");
        }
        return new ArrayList<>(peers.keySet());
    }

    private static PeerPattern pattern(Located item) {
        try {
            return PeerPattern.of(item.text(MAX_NAME));
        } catch (IllegalArgumentException e) {
            throw item.fault(e.getMessage() + ", is " + PolicyFault.quoted(item.text(MAX_NAME)));
        }
    }

    private static Terms terms(Located body) {
        Set<Strength> ciphers = EnumSet.noneOf(Strength.class);
        Optional<Located> list = body.member("ciphers");
        list.ifPresent(field -> field.items(STRENGTHS.size()).forEach(item -> ciphers.add(item.oneOf(STRENGTHS))));
        if (list.isPresent() && ciphers.isEmpty()) {
            throw list.get().fault("needs at least one of " + String.join(", ", STRENGTHS.keySet()));
        }
        return new Terms(
                body.required("certificate").oneOf(CERTIFICATES),
                body.member("tls").map(tls -> tls.oneOf(FLOORS)).orElse(null),
                ciphers,
                body.member("forward-secrecy").map(Located::flag).orElse(false),
                body.member("dialback").map(Located::flag).orElse(true),
                body.member("direct-tls").map(Located::flag).orElse(false));
    }

    private static <V> Map<PeerPattern, V> entries(
            Located body, String name, List<PeerPattern> peers, Function<Located, V> reader) {
        Map<PeerPattern, V> entries = new LinkedHashMap<>();
        for (Located item :
                body.member(name).map(field -> field.items(MAX_ENTRIES)).orElse(List.of())) {
            PeerPattern peer = pattern(item.required("peer"));
            if (peers.stream().noneMatch(pattern -> pattern.covers(peer))) {
                throw item.required("peer").fault("never matches: " + peer + " is none of this rule's peers");
            }
            if (entries.put(peer, reader.apply(item)) != null) {
                throw item.required("peer").fault("is there twice");
            }
        }
        return entries;
    }

    private static Pin pin(Located item) {
        Located only = item.only(List.of("peer", "current", "next"));
        String current = hash(only.required("current"));
        String next = only.member("next").map(DemandReader::hash).orElse(null);
        if (current.equals(next)) {
            throw only.required("next").fault("is the current key again");
        }
        return new Pin(current, next);
    }

    private static String hash(Located item) {
        String text = item.text(MAX_NAME);
        if (!Pin.isHash(text)) {
            throw item.fault("must be the SHA-256 of a public key, 64 lowercase hexadecimal digits, is "
                    + PolicyFault.quoted(text));
        }
        return text;
    }

    private static Waiver waiver(Located item) {
        Located only = item.only(List.of("peer", "reason", "until"));
        String reason = only.required("reason").text(MAX_WORDS).strip();
        if (reason.isEmpty()) {
            throw only.required("reason").fault("must say why");
        }
        Located until = only.required("until");
        try {
            return new Waiver(reason, LocalDate.parse(until.text(MAX_NAME)));
        } catch (DateTimeParseException e) {
            throw until.fault("must be the last day it holds, as in 2027-01-31");
        }
    }

    private static void refuseContradictions(Located body, Definition definition) {
        Terms terms = definition.terms();
        CertificateDemand certificate = terms.certificate();
        if (certificate == CertificateDemand.NONE && terms.demandsMore()) {
            throw body.required("certificate").fault("contradicts the rest: \"none\" allows plain text");
        }
        if (certificate != CertificateDemand.PINNED && !definition.pins().isEmpty()) {
            throw body.required("pins").fault("is never looked at unless \"certificate\" is \"pinned\"");
        }
        if (terms.floor() == Floor.TLS_1_3
                && !terms.ciphers().isEmpty()
                && !terms.ciphers().contains(Strength.AEAD)) {
            throw body.required("ciphers").fault("contradicts \"tls\": TLS 1.3 has ciphers of class aead only");
        }
        if (terms.directTls() && definition.directions().contains(Direction.OUTGOING)) {
            throw body.required("direct-tls")
                    .fault("needs \"direction\": \"in\"; of outgoing sessions no server tells how they began");
        }
        if (certificate == CertificateDemand.PINNED) {
            definition.peers().stream()
                    .filter(peer -> peer.kind() == PeerPattern.Kind.EXACT)
                    .filter(peer -> definition.pins().keySet().stream().noneMatch(pin -> pin.covers(peer)))
                    .findFirst()
                    .ifPresent(peer -> {
                        throw body.required("certificate").fault("lets nobody through: no key is pinned for " + peer);
                    });
        }
    }

    private static <T> Map<String, T> ordered(T[] values, Function<T, String> word) {
        Map<String, T> choices = new LinkedHashMap<>();
        for (T value : values) {
            choices.put(word.apply(value), value);
        }
        return choices;
    }

    private static <T> Map<String, T> ordered(Stream<String> words, Function<String, T> value) {
        Map<String, T> choices = new LinkedHashMap<>();
        words.forEach(word -> choices.put(word, value.apply(word)));
        return choices;
    }
}
