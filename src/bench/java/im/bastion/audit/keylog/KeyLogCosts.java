// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.keylog;

import im.bastion.audit.merkle.Hash;
import im.bastion.audit.merkle.MerkleTree;
import im.bastion.audit.merkle.Tile;
import im.bastion.audit.merkle.Tiles;
import im.bastion.audit.merkle.TreeHasher;
import im.bastion.bench.Figure;
import im.bastion.host.Database.Dialect;
import im.bastion.store.DatabaseServer;
import im.bastion.store.TestDatabase;
import im.bastion.store.Transaction;
import java.nio.ByteBuffer;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * What the key log costs on an embedded HSQLDB on disk: an event, in the batches in which they are written under load and
 * alone, and a proof of any leaf of ten million.
 */
public final class KeyLogCosts {
    private static final long LEAVES = 10_000_000;
    private static final int ROUNDS = 7;
    private static final int BATCH = 256;
    private static final int BATCHES = 20;
    private static final int ALONE = 500;
    private static final int PROOFS = 500;
    private static final int TREES = 16;
    private static final double APPEND_GOAL_MICROS = 100;
    private static final double PROOF_GOAL_MILLIS = 1;

    /** Keeps the compiler from leaving out what nobody looks at. */
    private static final LongAdder SINK = new LongAdder();

    private KeyLogCosts() {}

    /** Measures all of it; the ten million leaves take a minute to grow. */
    public static List<Figure> measure() {
        try {
            List<Figure> figures = new ArrayList<>();
            figures.add(appends("key log, an event of a batch of 256, committed", BATCH, BATCHES));
            figures.add(appends("key log, an event alone, committed", 1, ALONE));
            figures.addAll(proofs());
            return figures;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Beside what a bare row costs that is inserted and committed alone, on the same connection in the same rounds. */
    private static Figure appends(String name, int batch, int batches) throws SQLException {
        try (LentConnection pool = new LentConnection(database())) {
            StoredTree tree = new StoredTree(pool);
            BareRows rows = new BareRows(pool);
            double[] micros = new double[ROUNDS];
            double[] bare = new double[ROUNDS];
            int device = 0;
            for (int round = -2; round < ROUNDS; round++) {
                long begin = System.nanoTime();
                for (int i = 0; i < batches; i++) {
                    List<StoredTree.Entry> entries = new ArrayList<>();
                    for (int j = 0; j < batch; j++) {
                        entries.add(new StoredTree.Entry.Happened(event(device++)));
                    }
                    tree.append(entries);
                }
                long end = System.nanoTime();
                rows.insert(ALONE);
                if (round >= 0) {
                    micros[round] = (end - begin) / 1e3 / batch / batches;
                    bare[round] = (System.nanoTime() - end) / 1e3 / ALONE;
                }
            }
            return figure(name, micros, "µs", bare, "a bare row, committed", APPEND_GOAL_MICROS);
        }
    }

    private static KeyEvent event(int device) {
        return new KeyEvent(
                Instant.ofEpochMilli(1_700_000_000_000L + device),
                KeyEvent.Kind.KEYS_PUBLISHED,
                "user" + device % 1_000 + "@home.example",
                "urn:xmpp:omemo:2",
                device,
                "ab".repeat(32),
                1,
                "user" + device % 1_000 + "@home.example/phone");
    }

    private static List<Figure> proofs() throws SQLException {
        TestDatabase database = database();
        grow(database);
        StoredTree tree = new StoredTree(database);
        List<Figure> figures = new ArrayList<>();
        figures.addAll(times(tree, "inclusion", i -> t -> t.inclusion(i, LEAVES)));
        figures.addAll(times(tree, "consistency", i -> t -> t.consistency(i + 1, LEAVES)));
        figures.add(
                new Figure("key log of 10000000, memory", memory(database), "KiB", Double.NaN, "", Double.NaN, 1, 0));
        return figures;
    }

    /** In KiB, of one log that has proven much; of many at once, beside which the embedded database's own caches are small. */
    private static double memory(TestDatabase database) throws SQLException {
        long before = used();
        List<StoredTree> trees = new ArrayList<>();
        for (int i = 0; i < TREES; i++) {
            StoredTree tree = new StoredTree(database);
            for (long proof = 0; proof < PROOFS; proof++) {
                long leaf = proof * (LEAVES / PROOFS);
                SINK.add(tree.read(t -> t.inclusion(leaf, LEAVES)).size());
            }
            trees.add(tree);
        }
        double kibibytes = (used() - before) / 1_024.0 / TREES;
        for (StoredTree tree : trees) {
            SINK.add(tree.read(MerkleTree::size));
        }
        return kibibytes;
    }

    private static List<Figure> times(
            StoredTree tree, String kind, Function<Long, Function<MerkleTree, List<Hash>>> proof) throws SQLException {
        double[] medians = new double[ROUNDS];
        double[] worst = new double[ROUNDS];
        long at = 1;
        for (int round = -2; round < ROUNDS; round++) {
            double[] millis = new double[PROOFS];
            for (int i = 0; i < PROOFS; i++) {
                at = Long.remainderUnsigned(at * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L, LEAVES);
                long begin = System.nanoTime();
                SINK.add(tree.read(proof.apply(at)).size());
                millis[i] = (System.nanoTime() - begin) / 1e6;
            }
            Arrays.sort(millis);
            if (round >= 0) {
                medians[round] = millis[PROOFS / 2];
                worst[round] = millis[PROOFS * 99 / 100];
            }
        }
        return List.of(
                figure("key log of 10000000, " + kind + " proof", medians, "ms", PROOF_GOAL_MILLIS),
                figure("key log of 10000000, " + kind + " proof, 99 of 100", worst, "ms", Double.NaN));
    }

    /** All that a proof reads: the full tiles, and the leaves of the one that is not full. */
    private static void grow(TestDatabase database) throws SQLException {
        KeyLogTable table = new KeyLogTable();
        TreeHasher hasher = new TreeHasher();
        MerkleTree tree = new MerkleTree(Tiles.NONE);
        List<Tile> full = new ArrayList<>();
        List<LeafRow> rest = new ArrayList<>();
        for (long i = 0; i < LEAVES; i++) {
            byte[] entry = ByteBuffer.allocate(Long.BYTES).putLong(0, i).array();
            tree.append(hasher.leaf(entry), full::add);
            if (i >= LEAVES - LEAVES % Tile.HASHES) {
                rest.add(new LeafRow(i, entry, KeyLogTable.OWN, null));
            }
            if (full.size() >= BATCH) {
                insert(database, table, full);
            }
        }
        insert(database, table, full);
        int unused = Transaction.run(database, connection -> {
            table.insert(connection, rest, List.of());
            return rest.size();
        });
    }

    private static void insert(TestDatabase database, KeyLogTable table, List<Tile> full) throws SQLException {
        int unused = Transaction.run(database, connection -> {
            table.insert(connection, full);
            return full.size();
        });
        full.clear();
    }

    private static TestDatabase database() {
        return DatabaseServer.of(Dialect.HSQLDB).freshDatabase();
    }

    private static Figure figure(String name, double[] rounds, String unit, double goal) {
        return figure(name, rounds, unit, new double[] {Double.NaN}, "", goal);
    }

    private static Figure figure(
            String name, double[] rounds, String unit, double[] baseline, String baselineName, double goal) {
        Arrays.sort(rounds);
        Arrays.sort(baseline);
        double median = rounds[ROUNDS / 2];
        return new Figure(
                name,
                median,
                unit,
                baseline[baseline.length / 2],
                baselineName,
                goal,
                ROUNDS,
                (rounds[ROUNDS - 1] - rounds[0]) / median);
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
