// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.rule;

import im.bastion.encryption.message.Shown;
import im.bastion.encryption.rule.End.Kind;
import im.bastion.encryption.scheme.Scheme;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All rules, found by whom they are for. For each end of a message the rules that name it most closely decide, and both
 * ends' rules have to be content. Pure and immutable; a look-up costs a few hash look-ups for each end.
 */
public final class RuleBook {
    /** Without any rule. */
    public static final RuleBook EMPTY = new RuleBook(List.of());

    /** The rules that decide for one end, and how closely they name it. */
    public record Governing(Level level, List<EncryptionRule> rules) {
        static final Governing NOBODY = new Governing(null, List.of());
    }

    private static final List<Level> CLOSEST_FIRST = List.of(Level.ADDRESS, Level.GROUP, Level.DOMAIN, Level.EVERYBODY);

    private final List<EncryptionRule> rules;
    private final List<EncryptionRule> everybody;
    private final Map<String, List<EncryptionRule>> byDomain = new HashMap<>();
    private final Map<String, List<EncryptionRule>> byMember = new HashMap<>();
    private final Map<String, List<EncryptionRule>> byAddress = new HashMap<>();

    public RuleBook(List<EncryptionRule> rules) {
        this.rules = List.copyOf(rules);
        this.everybody = rules.stream().filter(rule -> rule.scope().everybody()).toList();
        for (EncryptionRule rule : rules) {
            add(byDomain, rule.scope().domains(), rule);
            add(byMember, rule.scope().members(), rule);
            add(byAddress, rule.scope().addresses(), rule);
        }
    }

    public List<EncryptionRule> rules() {
        return rules;
    }

    public boolean isEmpty() {
        return rules.isEmpty();
    }

    /** The strongest objection to the message; null when there is none. */
    public Finding judge(End from, End to, Shown shown, Instant now) {
        return stronger(strongest(from, to, shown, now), strongest(to, from, shown, now));
    }

    /** The rules that decide for the one end, in messages with the other. */
    public Governing governing(End one, End other) {
        // Before the levels, because a component's peer is not to find its gateway shut by a rule for people.
        if (other.kind() == Kind.COMPONENT && one.kind() != Kind.COMPONENT) {
            return Governing.NOBODY;
        }
        for (int i = 0; i < CLOSEST_FIRST.size(); i++) {
            Level level = CLOSEST_FIRST.get(i);
            List<EncryptionRule> found = without(at(level, one), one, other);
            if (!found.isEmpty()) {
                return new Governing(level, found);
            }
        }
        return Governing.NOBODY;
    }

    /** The rule that refuses the end messages of that scheme with everybody; null when there is none. */
    public EncryptionRule forbidding(End one, Scheme scheme, Instant now) {
        for (Level level : CLOSEST_FIRST) {
            List<EncryptionRule> found = at(level, one);
            for (EncryptionRule rule : found) {
                boolean always = rule.except().isEmpty() && rule.stage(now) == Stage.ENFORCE;
                if (always && rule.stances().of(scheme) == Stance.FORBID) {
                    return rule;
                }
            }
            if (!found.isEmpty()) {
                return null;
            }
        }
        return null;
    }

    private Finding strongest(End one, End other, Shown shown, Instant now) {
        Finding strongest = null;
        List<EncryptionRule> deciding = governing(one, other).rules();
        for (int i = 0; i < deciding.size(); i++) {
            strongest = stronger(strongest, deciding.get(i).judge(shown, now));
        }
        return strongest;
    }

    private static Finding stronger(Finding one, Finding other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return other.stage().compareTo(one.stage()) > 0 ? other : one;
    }

    private List<EncryptionRule> at(Level level, End end) {
        return switch (level) {
            case ADDRESS -> byAddress.getOrDefault(end.address(), List.of());
            case GROUP -> byMember.getOrDefault(end.address(), List.of());
            case DOMAIN -> byDomain.getOrDefault(end.domain(), List.of());
            case EVERYBODY -> end.kind() == Kind.COMPONENT ? List.of() : everybody;
        };
    }

    private static List<EncryptionRule> without(List<EncryptionRule> found, End one, End other) {
        for (int i = 0; i < found.size(); i++) {
            if (found.get(i).excepts(one, other)) {
                return found.stream().filter(rule -> !rule.excepts(one, other)).toList();
            }
        }
        return found;
    }

    private static void add(Map<String, List<EncryptionRule>> index, Set<String> names, EncryptionRule rule) {
        for (String name : names) {
            index.computeIfAbsent(name, n -> new ArrayList<>(1)).add(rule);
        }
    }
}
