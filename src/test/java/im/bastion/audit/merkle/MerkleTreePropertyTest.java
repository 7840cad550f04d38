// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Trees across tiles, beside the definition of RFC 9162 §2.1.1 word for word. */
class MerkleTreePropertyTest {
    private static final int LEAVES = 66_500;

    private static final Grown GROWN = new Grown();

    /** One tree over the border of the third level, and the leaves it was grown from. */
    private static final class Grown {
        final List<Hash> leaves = new ArrayList<>();
        final Map<String, byte[]> kept = new HashMap<>();
        final MerkleTree tree = new MerkleTree((level, number) -> kept.get(level + "/" + number));

        Grown() {
            TreeHasher hasher = new TreeHasher();
            for (int i = 0; i < LEAVES; i++) {
                Hash leaf = hasher.leaf(
                        ByteBuffer.allocate(Integer.BYTES).putInt(0, i).array());
                leaves.add(leaf);
                tree.append(leaf, tile -> kept.put(tile.level() + "/" + tile.number(), tile.hashes()));
            }
        }
    }

    @Property(tries = 60)
    void theRootOfAnySizeIsAsDefined(@ForAll @IntRange(max = LEAVES) int size) {
        assertThat(GROWN.tree.root(size)).isEqualTo(defined(0, size));
    }

    @Property(tries = 200)
    void anyLeafIsProvenInAnyLaterTreeAndNowhereElse(
            @ForAll @IntRange(max = LEAVES - 1) int index, @ForAll @IntRange(min = 1, max = LEAVES) int more) {
        long size = Math.min(LEAVES, (long) index + more);
        List<Hash> path = GROWN.tree.inclusion(index, size);
        Hash root = GROWN.tree.root(size);
        Hash leaf = GROWN.leaves.get(index);

        assertThat(Proofs.includes(leaf, index, size, path, root)).isTrue();
        assertThat(Proofs.includes(leaf, index ^ 1, size, path, root)).isEqualTo(size == 1 && (index ^ 1) == 0);
        assertThat(Proofs.includes(root, index, size, path, leaf)).isEqualTo(size == 1);
        if (!path.isEmpty()) {
            assertThat(Proofs.includes(leaf, index, size, path.subList(1, path.size()), root))
                    .isFalse();
            List<Hash> swapped = new ArrayList<>(path);
            swapped.set(path.size() - 1, leaf);
            assertThat(Proofs.includes(leaf, index, size, swapped, root)).isFalse();
        }
    }

    @Property(tries = 200)
    void anyTreeContinuesAnyEarlierOneAndNoOther(
            @ForAll @IntRange(min = 1, max = LEAVES) int a, @ForAll @IntRange(min = 1, max = LEAVES) int b) {
        long first = Math.min(a, b);
        long second = Math.max(a, b);
        List<Hash> proof = GROWN.tree.consistency(first, second);
        Hash before = GROWN.tree.root(first);
        Hash after = GROWN.tree.root(second);

        assertThat(Proofs.continues(first, before, second, after, proof)).isTrue();
        assertThat(Proofs.continues(first, GROWN.leaves.get(1), second, after, proof))
                .isFalse();
        assertThat(Proofs.continues(first, before, second, GROWN.leaves.get(1), proof))
                .isFalse();
        if (first < second) {
            List<Hash> longer = new ArrayList<>(proof);
            longer.add(before);
            assertThat(Proofs.continues(first, before, second, after, longer)).isFalse();
        }
    }

    @Property(tries = 60)
    void aTreeRestoredFromItsEdgeGrowsOnAsBefore(@ForAll @IntRange(max = LEAVES - 700) int size) {
        MerkleTree restored = MerkleTree.restored(Tiles.NONE, size, edge(size));
        for (int i = size; i < size + 600; i++) {
            restored.append(GROWN.leaves.get(i), tile -> assertThat(tile.hashes())
                    .isEqualTo(GROWN.kept.get(tile.level() + "/" + tile.number())));
        }

        assertThat(restored.size()).isEqualTo(size + 600L);
        assertThat(restored.root()).isEqualTo(GROWN.tree.root(size + 600L));
    }

    private static List<List<Hash>> edge(int size) {
        List<List<Hash>> edge = new ArrayList<>();
        for (int width = 1; width <= size; width *= Tile.HASHES) {
            List<Hash> level = new ArrayList<>();
            int whole = size / width;
            for (int i = whole - whole % Tile.HASHES; i < whole; i++) {
                level.add(defined(i * width, (i + 1) * width));
            }
            edge.add(level);
        }
        return edge;
    }

    private static Hash defined(int begin, int end) {
        TreeHasher hasher = new TreeHasher();
        if (begin == end) {
            return hasher.empty();
        }
        if (end - begin == 1) {
            return GROWN.leaves.get(begin);
        }
        int middle = begin + Integer.highestOneBit(end - begin - 1);
        return hasher.node(defined(begin, middle), defined(middle, end));
    }
}
