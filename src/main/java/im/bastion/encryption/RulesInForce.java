// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption;

import im.bastion.encryption.rule.Conflicts;
import im.bastion.encryption.rule.Conflicts.Conflict;
import im.bastion.encryption.rule.EncryptionRule;
import im.bastion.encryption.rule.RuleBook;
import im.bastion.encryption.rule.RuleReader;
import im.bastion.host.Groups;
import im.bastion.host.HostException;
import im.bastion.metric.Health;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.settings.Settings;
import im.bastion.store.Policies;
import im.bastion.store.PolicyRow;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.JID;

/**
 * Keeps the rules in step with their rows, the guard's mode and the groups of the server. A row that cannot be read is
 * reported until it is mended; its last good version stays in force. What clashes is reported too. Reading the rules is
 * one volatile read.
 */
final class RulesInForce {
    private static final Logger LOG = LoggerFactory.getLogger(RulesInForce.class);
    private static final String PART = "encryption.policy";
    private static final int MAX_TOLD = 5;

    /**
     * The rules, twice.
     *
     * @param acting those that warn or refuse
     * @param trying the same and those that only observe: what would be if these acted, too
     * @param looks whether messages need to be looked at
     */
    record Books(RuleBook acting, RuleBook trying, boolean looks) {
        static final Books CLOSED = new Books(RuleBook.EMPTY, RuleBook.EMPTY, false);
    }

    private final Policies policies;
    private final Settings settings;
    private final Groups groups;
    private final Health health;
    private final InstantSource clock;
    private final Map<RuleId, PolicyRow> lastGood = new HashMap<>();
    private final Map<String, Set<String>> members = new HashMap<>();
    private final Set<String> troubles = new TreeSet<>();
    private volatile Books current = Books.CLOSED;
    private Instant readAt;

    RulesInForce(Policies policies, Settings settings, Groups groups, Health health, InstantSource clock) {
        this.policies = policies;
        this.settings = settings;
        this.groups = groups;
        this.health = health;
        this.clock = clock;
    }

    Books current() {
        return current;
    }

    /** Lets every message pass unseen. */
    synchronized void shut() {
        current = Books.CLOSED;
    }

    /** Reads the rules as they are now, and the groups that they name. May ask the database. */
    synchronized void reload() {
        readAt = clock.instant();
        troubles.clear();
        Map<String, Set<String>> before = Map.copyOf(members);
        members.clear();
        Mode ceiling = settings.get(EncryptionSettings.MODE);
        List<EncryptionRule> rules = new ArrayList<>();
        for (PolicyRow row : policies.of(EncryptionGuard.NAME)) {
            EncryptionRule rule = read(row, within(ceiling), group -> known(group, before));
            if (rule != null) {
                rules.add(rule);
            }
        }
        if (ceiling == Mode.OFF) {
            current = Books.CLOSED;
        } else {
            List<EncryptionRule> acting =
                    rules.stream().filter(rule -> rule.mode() == Mode.ENFORCE).toList();
            RuleBook book = new RuleBook(acting);
            boolean counts = settings.get(EncryptionSettings.REMEMBER_DAYS) > 0
                    || settings.get(EncryptionSettings.STATISTICS_DAYS) > 0;
            current = new Books(
                    book, acting.size() == rules.size() ? book : new RuleBook(rules), counts || !rules.isEmpty());
        }
        Conflicts.of(rules).stream()
                .filter(Conflict::same)
                .map(RulesInForce::words)
                .forEach(troubles::add);
        report();
    }

    /** Whether a rule that acts forbids anything, so that keys for it may be banned. */
    boolean forbidsKeys() {
        return current.acting().rules().stream().anyMatch(rule -> rule.stances().forbidden() != 0);
    }

    /** Whether a rule refuses by now that only warned when the rules were read. */
    synchronized boolean graceHasEnded(Instant now) {
        return readAt != null
                && current.acting().rules().stream().anyMatch(rule -> rule.stage(readAt) != rule.stage(now));
    }

    /** Whether a group that a rule names has changed since. */
    synchronized boolean groupsHaveChanged() {
        return members.entrySet().stream()
                .anyMatch(entry -> !entry.getValue().equals(ask(entry.getKey(), entry.getValue(), new TreeSet<>())));
    }

    /** The bare JIDs in the group, for a rule that is not in force; none where it cannot be read. */
    Set<String> members(String group) {
        return ask(group, Set.of(), new TreeSet<>());
    }

    private EncryptionRule read(PolicyRow row, Mode ceiling, Function<String, Set<String>> known) {
        if (row.mode() == Mode.OFF) {
            lastGood.remove(row.rule());
            return null;
        }
        try {
            EncryptionRule rule = RuleReader.read(row, ceiling, known);
            lastGood.put(row.rule(), row);
            return rule;
        } catch (IllegalArgumentException e) {
            PolicyRow good = lastGood.get(row.rule());
            String consequence = good == null ? "it is not in force" : "version " + good.version() + " stays in force";
            troubles.add(e.getMessage() + "; " + consequence);
            return good == null ? null : RuleReader.read(good, ceiling, known);
        }
    }

    /** Rules are read, and their troubles told, also while the guard is off. */
    private static Mode within(Mode ceiling) {
        return ceiling == Mode.OFF ? Mode.OBSERVE : ceiling;
    }

    private Set<String> known(String group, Map<String, Set<String>> before) {
        Set<String> now = ask(group, before.getOrDefault(group, Set.of()), troubles);
        members.put(group, now);
        return now;
    }

    /** Keeps the members last known while a directory does not answer. */
    private Set<String> ask(String group, Set<String> lastKnown, Set<String> complaints) {
        try {
            Set<JID> found = groups.members(group);
            if (found != null) {
                return found.stream().map(JID::toBareJID).collect(Collectors.toSet());
            }
            complaints.add("There is no group \"" + group + "\"");
            return Set.of();
        } catch (HostException e) {
            complaints.add(e.getMessage());
            return lastKnown;
        }
    }

    private void report() {
        if (troubles.isEmpty()) {
            health.ok(PART);
            return;
        }
        String words = troubles.stream().limit(MAX_TOLD).collect(Collectors.joining("; "));
        LOG.warn("{}", words);
        health.degraded(PART, words);
    }

    private static String words(Conflict conflict) {
        return "Rules " + conflict.one().id() + " and " + conflict.other().id()
                + " are for the same people or rooms, and no message can satisfy both";
    }
}
