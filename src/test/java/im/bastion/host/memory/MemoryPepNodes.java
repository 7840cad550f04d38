// SPDX-License-Identifier: Apache-2.0
package im.bastion.host.memory;

import im.bastion.host.HostException;
import im.bastion.host.Pep;
import im.bastion.host.PepNodes;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import org.xmpp.packet.JID;

/** Rows beside the nodes that {@link MemoryPep} holds: an account is in memory when a test says so. */
public final class MemoryPepNodes implements PepNodes {
    private final Map<String, Row> rows = new ConcurrentSkipListMap<>();
    private final Set<String> loaded = ConcurrentHashMap.newKeySet();
    private final MemoryPep pep;
    private volatile boolean away;
    private volatile Runnable beforePage = () -> {};

    MemoryPepNodes(MemoryPep pep) {
        this.pep = pep;
    }

    @Override
    public long count(List<String> beginnings) {
        return rows.values().stream().filter(row -> begins(row, beginnings)).count();
    }

    @Override
    public List<Row> page(List<String> beginnings, Row after, int max) {
        beforePage.run();
        if (away) {
            throw new HostException("The database is away");
        }
        return rows.entrySet().stream()
                .filter(entry -> after == null || entry.getKey().compareTo(key(after)) > 0)
                .map(Map.Entry::getValue)
                .filter(row -> begins(row, beginnings))
                .limit(Math.min(max, MAX_PAGE))
                .toList();
    }

    @Override
    public List<Change> replace(List<Change> changes) {
        List<Change> done = new ArrayList<>();
        for (Change change : changes) {
            if (rows.replace(key(change.before()), change.before(), change.after())) {
                done.add(change);
            }
        }
        return done;
    }

    @Override
    public boolean isLoaded(String owner) {
        return loaded.contains(owner);
    }

    /** A row in the database. */
    public void store(String owner, Pep.Node node, int maxPayloadBytes) {
        Row row = new Row(owner, node, maxPayloadBytes);
        rows.put(key(row), row);
    }

    /** The host holds the account's nodes in memory, and has this one as its row says. */
    public void load(String owner, Pep.Node node) {
        loaded.add(owner);
        pep.configure(
                new JID(owner),
                node.id(),
                Map.of(
                        "pubsub#access_model",
                        node.accessModel(),
                        "pubsub#persist_items",
                        node.persistent() ? "1" : "0",
                        "pubsub#max_items",
                        String.valueOf(node.maxItems())));
    }

    /** The row as it is now, or null. */
    public Row row(String owner, String nodeId) {
        return rows.get(owner + " " + nodeId);
    }

    /** Before each page is read, this is done. */
    public void beforePage(Runnable task) {
        beforePage = task;
    }

    /** From now on the database is away (or back). */
    public void away(boolean gone) {
        away = gone;
    }

    private static boolean begins(Row row, List<String> beginnings) {
        return beginnings.stream().anyMatch(row.node().id()::startsWith);
    }

    private static String key(Row row) {
        return row.owner() + " " + row.node().id();
    }
}
