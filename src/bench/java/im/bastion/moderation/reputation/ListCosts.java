// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.reputation;

import im.bastion.bench.Figure;
import im.bastion.moderation.text.Fingerprint;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongPredicate;

/** What a block list of a million entries takes: bytes for each, and nanoseconds for a look-up, beside a set of texts. */
public final class ListCosts {
    private static final int ENTRIES = 1_000_000;
    private static final int LOOKS = 2_000_000;
    private static final int ROUNDS = 7;
    /** What {@link HashTable} promises; the heap's regions, which large arrays fill up, are in the figure. */
    private static final int WANTED_BYTES = 27;

    /** Keeps the compiler from leaving out what nobody looks at. */
    private static final LongAdder SINK = new LongAdder();

    private ListCosts() {}

    /** Measures both. */
    public static List<Figure> measure() {
        long before = used();
        HashTable table = new HashTable();
        for (int i = 0; i < ENTRIES; i++) {
            table.add(Fingerprint.mixed(i + 2L), (byte) 1);
        }
        long ours = used() - before;
        before = used();
        Set<Long> boxed = new HashSet<>();
        for (int i = 0; i < ENTRIES; i++) {
            boxed.add(Fingerprint.mixed(i + 2L));
        }
        long theirs = used() - before;
        double[] mine = new double[ROUNDS];
        double[] other = new double[ROUNDS];
        for (int round = -1; round < ROUNDS; round++) {
            double first = nanos(table::contains);
            double second = nanos(boxed::contains);
            if (round >= 0) {
                mine[round] = first;
                other[round] = second;
            }
        }
        Arrays.sort(mine);
        Arrays.sort(other);
        SINK.add(table.size() + boxed.size());
        List<Figure> figures = new ArrayList<>();
        figures.add(new Figure(
                "list of 1000000, an entry takes",
                (double) ours / ENTRIES,
                "B",
                (double) theirs / ENTRIES,
                "HashSet<Long>",
                WANTED_BYTES,
                1,
                0));
        figures.add(new Figure(
                "list of 1000000, a look-up",
                mine[ROUNDS / 2],
                "ns",
                other[ROUNDS / 2],
                "HashSet<Long>",
                Double.NaN,
                ROUNDS,
                (mine[ROUNDS - 1] - mine[0]) / mine[ROUNDS / 2]));
        return figures;
    }

    private static double nanos(LongPredicate contains) {
        long begin = System.nanoTime();
        int found = 0;
        for (int i = 0; i < LOOKS; i++) {
            found += contains.test(Fingerprint.mixed(i + 2L)) ? 1 : 0;
        }
        SINK.add(found);
        return (double) (System.nanoTime() - begin) / LOOKS;
    }

    private static long used() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
