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
import java.util.stream.Collectors;
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
    private static final int ANY_VERSION = -1;

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
        return store(List.of(new PolicyChange(rule, ANY_VERSION, mode, body)), author)
                .get(0);
    }

    @Override
    public List<PolicyRow> changeAll(List<PolicyChange> changes, String author) throws SQLException {
        return changes.isEmpty() ? List.of() : store(changes, author);
    }

    private List<PolicyRow> store(List<PolicyChange> changes, String author) throws SQLException {
        changes.forEach(change -> PolicyBody.parse(change.body()));
        List<PolicyRow> rows;
        synchronized (writing) {
            requireRoom(changes);
            rows = insert(changes, TextColumns.fit(author, MAX_AUTHOR_CHARS));
            Map<String, PolicyRow> now = new TreeMap<>(inForce);
            rows.forEach(row -> now.put(row.rule().value(), row));
            Set<String> mended = rows.stream().map(row -> row.rule().value()).collect(Collectors.toSet());
            List<BrokenPolicy> stillBroken =
                    broken.stream().filter(b -> !mended.contains(b.rule())).toList();
            adopt(now, stillBroken);
            writeFile();
            report();
        }
        tell(rows.stream().map(row -> PolicyLoader.guardOf(row.rule())).collect(Collectors.toCollection(TreeSet::new)));
        return rows;
    }

    private void requireRoom(List<PolicyChange> changes) {
        long more = changes.stream()
                .filter(change -> !inForce.containsKey(change.rule().value()))
                .count();
        if (more > 0 && inForce.size() + more > MAX_RULES) {
            throw new IllegalArgumentException("There are " + inForce.size() + " rules; there can be " + MAX_RULES);
        }
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

    private List<PolicyRow> insert(List<PolicyChange> changes, String author) throws SQLException {
        return Transaction.run(database, connection -> {
            journal.lock(connection);
            List<PolicyRow> rows = new ArrayList<>();
            for (PolicyChange change : changes) {
                int newest = table.newestVersion(connection, change.rule().value());
                if (change.from() != ANY_VERSION && change.from() != newest) {
                    throw new PolicyMovedException(change.rule(), newest);
                }
                PolicyRow row =
                        new PolicyRow(change.rule(), newest + 1, change.mode(), change.body(), author, clock.instant());
                table.add(connection, row);
                journal.append(connection, inForce.get(change.rule().value()), row);
                rows.add(row);
            }
            return rows;
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
