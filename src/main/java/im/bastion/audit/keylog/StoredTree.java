// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.keylog;

import im.bastion.audit.merkle.Hash;
import im.bastion.audit.merkle.MerkleTree;
import im.bastion.audit.merkle.Tile;
import im.bastion.audit.merkle.TreeHasher;
import im.bastion.host.Database;
import im.bastion.store.Transaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The tree whose leaves and full tiles are in the database, shared by all nodes. In memory are the tiles that are not full,
 * 8 KiB for each of the (at most four) levels, the {@link #CACHED} full tiles used last, 8 KiB each, and the
 * {@link KnownSalts}. Thread-safe: one thing at a time, each a transaction.
 */
final class StoredTree {
    /** Full tiles kept in memory: half a mebibyte. */
    static final int CACHED = 64;

    /** What is to be appended: an event, or a leaf about the log itself. */
    sealed interface Entry {
        /** Something that happened to an account. */
        record Happened(KeyEvent event) implements Entry {}

        /** Something about the log. */
        record Own(Leaf leaf) implements Entry {}
    }

    private record TileKey(int level, long number) {}

    /** What a transaction has led to, if it is committed. */
    private record Grown(MerkleTree tree, long turn, Map<String, byte[]> salts) {}

    private final Database database;
    private final KeyLogTable table = new KeyLogTable();
    private final KnownSalts salts = new KnownSalts(table);
    private final Map<TileKey, byte[]> cache = new LinkedHashMap<>(CACHED, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<TileKey, byte[]> eldest) {
            return size() > CACHED;
        }
    };
    private MerkleTree tree;

    /** What a transaction whose end is unknown may have written. */
    private List<LeafRow> doubtful = List.of();

    StoredTree(Database database) {
        this.database = database;
        this.tree = new MerkleTree(this::tile);
    }

    /** Appends in that order, all or none. After a failure the same entries may be appended again: none is doubled. */
    synchronized void append(List<Entry> entries) throws SQLException {
        List<LeafRow> rows = new ArrayList<>();
        try {
            Grown grown = Transaction.run(database, connection -> grown(connection, entries, rows));
            tree = grown.tree();
            salts.keep(grown.turn(), grown.salts());
            doubtful = List.of();
        } catch (SQLException e) {
            if (!rows.isEmpty()) {
                doubtful = rows;
            }
            throw e;
        }
    }

    private Grown grown(Connection connection, List<Entry> entries, List<LeafRow> rows) throws SQLException {
        MerkleTree before = tree;
        KeyLogTable.End end = new KeyLogTable.End(before.size(), salts.turn());
        if (!doubtful.isEmpty() || !table.grow(connection, end, entries.size())) {
            end = table.lock(connection);
            salts.forget();
            before = inStep(connection, end.leaves());
            if (isThere(connection)) {
                return new Grown(before, end.turn(), Map.of());
            }
            if (!table.grow(connection, end, entries.size())) {
                throw new SQLException("The end of the key log has moved although it is locked");
            }
        }
        Map<String, byte[]> used = salts.of(connection, accounts(entries));
        rows.addAll(rows(entries, used, before.size()));
        MerkleTree after = before.copy();
        TreeHasher hasher = new TreeHasher();
        List<Tile> full = new ArrayList<>();
        rows.forEach(row -> after.append(hasher.leaf(row.entry()), full::add));
        table.insert(connection, rows, full);
        return new Grown(after, end.turn(), used);
    }

    /** Brings the tree in step with what other nodes have appended; answers its size and root. */
    synchronized <T> T read(Function<MerkleTree, T> reader) throws SQLException {
        tree = Transaction.run(database, connection -> inStep(connection, table.size(connection)));
        return reader.apply(tree);
    }

    /** Up to 1,000 leaves from that index on. */
    List<LeafRow> leaves(long from) throws SQLException {
        return Transaction.run(database, connection -> table.leaves(connection, from));
    }

    /** All leaves about the log itself, in order. */
    List<LeafRow> own() throws SQLException {
        return Transaction.run(database, connection -> all(connection, KeyLogTable.OWN, 0));
    }

    /** The account's salt; null when it has none. */
    byte[] salt(String account) throws SQLException {
        return Transaction.run(database, connection -> table.salt(connection, account));
    }

    /** The commitment to the account in lowercase hex; empty when it has no salt. */
    String subject(String account) throws SQLException {
        byte[] salt = salt(account);
        return salt == null ? "" : subject(salt, account);
    }

    /** All leaves of that subject from an index on, in order. */
    List<LeafRow> of(String subject, long from) throws SQLException {
        return subject.isEmpty() ? List.of() : Transaction.run(database, c -> all(c, subject, from));
    }

    /** Deletes what tells which leaves are the account's; the leaves and every proof stay. */
    synchronized void erase(String account) throws SQLException {
        salts.forget();
        boolean unused = Transaction.run(database, connection -> {
            table.lock(connection);
            byte[] salt = table.salt(connection, account);
            if (salt != null) {
                table.erase(connection, account, subject(salt, account));
            }
            return salt != null;
        });
    }

    private List<LeafRow> all(Connection connection, String subject, long from) throws SQLException {
        List<LeafRow> all = new ArrayList<>();
        List<LeafRow> page = table.leaves(connection, subject, from);
        while (!page.isEmpty()) {
            all.addAll(page);
            page = table.leaves(connection, subject, page.get(page.size() - 1).index() + 1);
        }
        return all;
    }

    private static List<LeafRow> rows(List<Entry> entries, Map<String, byte[]> salts, long first) {
        List<LeafRow> rows = new ArrayList<>();
        Map<String, Commitments> commitments = new HashMap<>();
        for (Entry entry : entries) {
            long index = first + rows.size();
            if (entry instanceof Entry.Happened happened) {
                KeyEvent event = happened.event();
                Commitments of =
                        commitments.computeIfAbsent(event.account(), account -> new Commitments(salts.get(account)));
                byte[] opening = Opening.of(event).encode();
                Leaf.Event leaf = of.leaf(event, opening);
                rows.add(new LeafRow(
                        index, LeafCodec.encode(leaf), leaf.subject().toHex(), opening));
            } else if (entry instanceof Entry.Own own) {
                rows.add(new LeafRow(index, LeafCodec.encode(own.leaf()), KeyLogTable.OWN, null));
            }
        }
        return rows;
    }

    private static Set<String> accounts(List<Entry> entries) {
        Set<String> accounts = new LinkedHashSet<>();
        for (Entry entry : entries) {
            if (entry instanceof Entry.Happened happened) {
                accounts.add(happened.event().account());
            }
        }
        return accounts;
    }

    /** Whether the transaction that nobody knows the end of was committed after all. */
    private boolean isThere(Connection connection) throws SQLException {
        if (doubtful.isEmpty()) {
            return false;
        }
        List<LeafRow> stored = table.leaves(connection, doubtful.get(0).index());
        for (int i = 0; i < doubtful.size(); i++) {
            if (i >= stored.size()
                    || !Arrays.equals(doubtful.get(i).entry(), stored.get(i).entry())) {
                return false;
            }
        }
        return true;
    }

    private MerkleTree inStep(Connection connection, long size) throws SQLException {
        if (size == tree.size()) {
            return tree;
        }
        if (size < tree.size()) {
            cache.clear();
            salts.forget();
        }
        List<List<Hash>> edge = new ArrayList<>();
        TreeHasher hasher = new TreeHasher();
        List<Hash> leaves = new ArrayList<>();
        for (LeafRow row : table.leaves(connection, size - size % Tile.HASHES)) {
            if (row.index() < size) {
                leaves.add(hasher.leaf(row.entry()));
            }
        }
        edge.add(leaves);
        for (long full = size / Tile.HASHES; full > 0; full /= Tile.HASHES) {
            edge.add(table.roots(connection, edge.size() - 1, full - full % Tile.HASHES, full));
        }
        try {
            return MerkleTree.restored(this::tile, size, edge);
        } catch (IllegalArgumentException e) {
            throw new SQLException("The tables of the key log do not fit together: " + e.getMessage(), e);
        }
    }

    private byte[] tile(int level, long number) {
        TileKey key = new TileKey(level, number);
        byte[] hashes = cache.get(key);
        if (hashes == null) {
            hashes = fetched(level, number);
            cache.put(key, hashes);
        }
        return hashes;
    }

    private byte[] fetched(int level, long number) {
        try {
            byte[] hashes = Transaction.run(database, connection -> table.tile(connection, level, number));
            if (hashes == null || hashes.length != Tile.BYTES) {
                throw new IllegalStateException("Tile " + level + "/" + number + " of the key log is missing");
            }
            return hashes;
        } catch (SQLException e) {
            throw new IllegalStateException("The key log cannot be read: " + e.getMessage(), e);
        }
    }

    private static String subject(byte[] salt, String account) {
        return HexFormat.of().formatHex(new Commitments(salt).subject(account).toArray());
    }
}
