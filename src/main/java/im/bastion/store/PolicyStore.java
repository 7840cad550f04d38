// SPDX-License-Identifier: Apache-2.0
package im.bastion.store;

import im.bastion.host.Database;
import im.bastion.host.Subscription;
import im.bastion.metric.Health;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.PolicyLoader.Loaded;
import im.bastion.store.PolicyTable.Fingerprint;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policies: in memory for the guards, in the table for good, in a file for a start without the database. Reports
 * itself as health of "policies". Thread-safe; reading takes no lock.
 */
public final class PolicyStore implements Policies {
    /** More rules than this are refused. */
    public static final int MAX_RULES = 2_000;

    private static final Logger LOG = LoggerFactory.getLogger(PolicyStore.class);
    private static final String PART = "policies";
    private static final int MAX_AUTHOR_CHARS = 256;

    private final Database database;
    private final PolicyTable table;
    private final PolicyLoader loader;
    private final PolicySnapshot snapshot;
    private final ChangeJournal journal;
    private final Health health;
    private final Clock clock;
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    private final Object writing = new Object();

    private volatile Map<String, List<PolicyRow>> byGuard = Map.of();
    private volatile List<BrokenPolicy> broken = List.of();

    // Guarded by "writing".
    private Map<String, PolicyRow> inForce = new TreeMap<>();
    private Fingerprint seen;
    private String fileTrouble = "";

    /** Takes the policies last known from the file, then those in the database if it answers. */
    public PolicyStore(Database database, Path dataFolder, ChangeJournal journal, Health health, Clock clock) {
        this.database = database;
        this.table = new PolicyTable(new TextColumns(database.dialect()));
        this.loader = new PolicyLoader(table);
        this.snapshot = new PolicySnapshot(dataFolder);
        this.journal = journal;
        this.health = health;
        this.clock = clock;
        synchronized (writing) {
            readFile();
        }
        refresh();
    }

    @Override
    public List<PolicyRow> of(String guard) {
        return byGuard.getOrDefault(guard, List.of());
    }

    /** The stored policies that cannot be used now. */
    public List<BrokenPolicy> broken() {
        return broken;
    }

    @Override
    public PolicyRow change(RuleId rule, Mode mode, String body, String author) throws SQLException {
        PolicyBody.parse(body);
        PolicyRow row;
        synchronized (writing) {
            if (!inForce.containsKey(rule.value()) && inForce.size() >= MAX_RULES) {
                throw new IllegalArgumentException("There are " + MAX_RULES + " rules already");
            }
            row = store(new PolicyRow(rule, 0, mode, body, TextColumns.fit(author, MAX_AUTHOR_CHARS), clock.instant()));
            Map<String, PolicyRow> now = new TreeMap<>(inForce);
            now.put(rule.value(), row);
            List<BrokenPolicy> stillBroken =
                    broken.stream().filter(b -> !b.rule().equals(rule.value())).toList();
            adopt(now, stillBroken);
            writeFile();
            report();
        }
        tell(Set.of(PolicyLoader.guardOf(rule)));
        return row;
    }

    @Override
    public Subscription onChange(Consumer<String> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** Takes over what other nodes have changed; one cheap query when they have not. Keeps what it has when the database is down. */
    public void refresh() {
        load(false);
    }

    /** Reads every policy anew, also those that somebody edited in the table by hand. */
    public void reload() {
        load(true);
    }

    private void load(boolean always) {
        Set<String> changed;
        synchronized (writing) {
            try {
                Loaded loaded = Transaction.run(
                        database,
                        connection -> always || !table.fingerprint(connection).equals(seen)
                                ? loader.load(connection, inForce)
                                : null);
                if (loaded == null) {
                    return;
                }
                seen = loaded.fingerprint();
                changed = adopt(loaded.rows(), loaded.broken());
                if (!changed.isEmpty()) {
                    writeFile();
                }
                report();
            } catch (SQLException e) {
                if (seen == null) {
                    health.degraded(
                            PART,
                            "The policies could not be read from the database (" + e.getMessage() + "); the "
                                    + inForce.size() + " last known, from a file, are in force");
                }
                return;
            }
        }
        tell(changed);
    }

    private PolicyRow store(PolicyRow draft) throws SQLException {
        PolicyRow before = inForce.get(draft.rule().value());
        return Transaction.run(database, connection -> {
            journal.lock(connection);
            int version = table.newestVersion(connection, draft.rule().value()) + 1;
            PolicyRow row =
                    new PolicyRow(draft.rule(), version, draft.mode(), draft.body(), draft.author(), draft.at());
            table.add(connection, row);
            journal.append(connection, before, row);
            return row;
        });
    }

    /** Puts the rows in force; answers the guards whose rules are now others. */
    private Set<String> adopt(Map<String, PolicyRow> rows, List<BrokenPolicy> unusable) {
        Set<String> changed = new TreeSet<>();
        rows.values().stream()
                .filter(row -> !row.equals(inForce.get(row.rule().value())))
                .forEach(row -> changed.add(PolicyLoader.guardOf(row.rule())));
        inForce.values().stream()
                .filter(row -> !rows.containsKey(row.rule().value()))
                .forEach(row -> changed.add(PolicyLoader.guardOf(row.rule())));
        inForce = rows;
        Map<String, List<PolicyRow>> grouped = new TreeMap<>();
        rows.values().forEach(row -> grouped.computeIfAbsent(PolicyLoader.guardOf(row.rule()), g -> new ArrayList<>())
                .add(row));
        grouped.replaceAll((guard, list) -> List.copyOf(list));
        byGuard = Map.copyOf(grouped);
        broken = unusable;
        return changed;
    }

    private void readFile() {
        try {
            Loaded loaded = PolicyLoader.ofSnapshot(snapshot.read());
            var unused = adopt(loaded.rows(), loaded.broken());
        } catch (IOException e) {
            LOG.warn("The policies last known could not be read from the file: {}", e.toString());
        }
    }

    private void writeFile() {
        try {
            snapshot.write(inForce.values());
            fileTrouble = "";
        } catch (IOException e) {
            fileTrouble = "The policies could not be copied to a file (" + e
                    + "); a start without the database would use older ones. ";
            LOG.warn(fileTrouble);
        }
    }

    private void report() {
        if (fileTrouble.isEmpty() && broken.isEmpty()) {
            health.ok(PART);
            return;
        }
        StringBuilder words = new StringBuilder(fileTrouble);
        broken.stream().limit(5).forEach(b -> words.append(b).append(". "));
        health.degraded(PART, words.toString().strip());
    }

    private void tell(Set<String> guards) {
        for (String guard : guards) {
            for (Consumer<String> listener : listeners) {
                try {
                    listener.accept(guard);
                } catch (RuntimeException e) {
                    LOG.error("A guard could not take over the changed policies of {}", guard, e);
                }
            }
        }
    }
}
