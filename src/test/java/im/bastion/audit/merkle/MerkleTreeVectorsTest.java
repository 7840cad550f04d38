// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.merkle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The known answers of the reference implementation (see PROVENANCE.md beside them). */
class MerkleTreeVectorsTest {
    private static final Path VECTORS = Path.of("src/test/resources/vectors/rfc6962/tree.txt");

    private final MerkleTree tree = new MerkleTree(Tiles.NONE);
    private final TreeHasher hasher = new TreeHasher();

    static Stream<List<String>> of(String kind) throws IOException {
        return Files.readAllLines(VECTORS).stream()
                .filter(line -> line.startsWith(kind + " "))
                .map(line -> Arrays.asList(line.split(" ")));
    }

    static Stream<List<String>> roots() throws IOException {
        return of("root");
    }

    static Stream<List<String>> inclusions() throws IOException {
        return of("inclusion");
    }

    static Stream<List<String>> consistencies() throws IOException {
        return of("consistency");
    }

    @ParameterizedTest
    @MethodSource("roots")
    void aTreeOfThatManyLeavesHasThatRoot(List<String> vector) throws IOException {
        grow(Long.parseLong(vector.get(1)));

        assertThat(tree.root().toHex()).isEqualTo(vector.get(2));
    }

    @ParameterizedTest
    @MethodSource("inclusions")
    void thatPathProvesThatLeaf(List<String> vector) throws IOException {
        long index = Long.parseLong(vector.get(1));
        long size = Long.parseLong(vector.get(2));
        grow(8);
        List<Hash> path = hashes(vector);

        assertThat(tree.inclusion(index, size)).isEqualTo(path);
        assertThat(Proofs.includes(leaf(index), index, size, path, tree.root(size)))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("consistencies")
    void thatProofConnectsThoseTrees(List<String> vector) throws IOException {
        long first = Long.parseLong(vector.get(1));
        long second = Long.parseLong(vector.get(2));
        grow(8);
        List<Hash> proof = hashes(vector);

        assertThat(tree.consistency(first, second)).isEqualTo(proof);
        assertThat(Proofs.continues(first, tree.root(first), second, tree.root(second), proof))
                .isTrue();
    }

    private void grow(long size) throws IOException {
        for (long i = 0; i < size; i++) {
            tree.append(leaf(i), tile -> {});
        }
    }

    private Hash leaf(long index) throws IOException {
        String hex = of("leaf")
                .filter(vector -> Long.parseLong(vector.get(1)) == index)
                .findFirst()
                .orElseThrow()
                .get(2);
        return hasher.leaf(HexFormat.of().parseHex(hex.equals("-") ? "" : hex));
    }

    private static List<Hash> hashes(List<String> vector) {
        return vector.subList(3, vector.size()).stream()
                .map(hex -> Hash.of(HexFormat.of().parseHex(hex)))
                .toList();
    }
}
