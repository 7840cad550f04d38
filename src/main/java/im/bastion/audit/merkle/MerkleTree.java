// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.merkle;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A tree that grows at its right end (RFC 9162 §2.1). Only the tiles that are not full yet are in memory, at most 8 KiB a
 * level; full ones are handed out to be kept, and asked for again when a proof needs them: one or two of a level. Not
 * thread-safe.
 */
public final class MerkleTree {
    private final Tiles tiles;
    private final TreeHasher hasher = new TreeHasher();
    private final List<byte[]> edge = new ArrayList<>();
    private long size;

    /** A tree without leaves. */
    public MerkleTree(Tiles tiles) {
        this.tiles = tiles;
    }

    private MerkleTree(MerkleTree other) {
        this.tiles = other.tiles;
        this.size = other.size;
        other.edge.forEach(tile -> edge.add(tile.clone()));
    }

    /**
     * A tree as it was before.
     *
     * @param edge for each level, from 0 up, the hashes that its last tile holds while it is not full: {@code (size >> 8 *
     *     level) % 256} of them
     */
    public static MerkleTree restored(Tiles tiles, long size, List<List<Hash>> edge) {
        MerkleTree tree = new MerkleTree(tiles);
        tree.size = size;
        for (int level = 0; level < edge.size(); level++) {
            if (edge.get(level).size() != tree.countAtEdge(level)) {
                throw new IllegalArgumentException("Level " + level + " does not fit a tree of " + size + " leaves");
            }
            byte[] tile = tree.edge(level);
            for (int i = 0; i < edge.get(level).size(); i++) {
                System.arraycopy(edge.get(level).get(i).shared(), 0, tile, i * Hash.BYTES, Hash.BYTES);
            }
        }
        return tree;
    }

    /** A tree that can grow while this one stays. */
    public MerkleTree copy() {
        return new MerkleTree(this);
    }

    /** The number of leaves. */
    public long size() {
        return size;
    }

    /**
     * Adds a leaf.
     *
     * @param full gets each tile that this makes full, to be kept
     */
    public void append(Hash leaf, Consumer<Tile> full) {
        Hash hash = leaf;
        int level = 0;
        size++;
        while (true) {
            byte[] tile = edge(level);
            long after = size >> (Tile.HEIGHT * level);
            int place = (int) ((after - 1) % Tile.HASHES);
            System.arraycopy(hash.shared(), 0, tile, place * Hash.BYTES, Hash.BYTES);
            if (place < Tile.HASHES - 1) {
                return;
            }
            hash = hasher.over(tile, 0, Tile.HASHES);
            full.accept(new Tile(level, (after - 1) / Tile.HASHES, hash, tile.clone()));
            level++;
        }
    }

    /** The root over all leaves. */
    public Hash root() {
        return root(size);
    }

    /** The root that the tree had when it had that many leaves. */
    public Hash root(long atSize) {
        requireSize(atSize);
        return atSize == 0 ? hasher.empty() : range(0, atSize);
    }

    /**
     * What proves that the leaf is in the tree of that size (RFC 9162 §2.1.3.1).
     *
     * @param index 0 for the first leaf
     */
    public List<Hash> inclusion(long index, long atSize) {
        requireSize(atSize);
        if (index < 0 || index >= atSize) {
            throw new IllegalArgumentException("No leaf " + index + " in a tree of " + atSize);
        }
        List<Hash> path = new ArrayList<>();
        long begin = 0;
        long end = atSize;
        while (end - begin > 1) {
            long middle = begin + split(end - begin);
            if (index < middle) {
                path.add(0, range(middle, end));
                end = middle;
            } else {
                path.add(0, range(begin, middle));
                begin = middle;
            }
        }
        return path;
    }

    /** What proves that the tree of the second size continues that of the first (RFC 9162 §2.1.4.1). */
    public List<Hash> consistency(long first, long second) {
        requireSize(second);
        if (first < 1 || first > second) {
            throw new IllegalArgumentException("A tree of " + first + " leaves does not come before one of " + second);
        }
        List<Hash> proof = new ArrayList<>();
        long begin = 0;
        long end = second;
        while (first < end) {
            long middle = begin + split(end - begin);
            if (first <= middle) {
                proof.add(0, range(middle, end));
                end = middle;
            } else {
                proof.add(0, range(begin, middle));
                begin = middle;
            }
        }
        if (begin > 0) {
            // Else it is the first tree's own root, which the verifier has.
            proof.add(0, range(begin, end));
        }
        return proof;
    }

    /** The root over the leaves from begin (inclusive) to end, which is one that occurs in a tree. */
    private Hash range(long begin, long end) {
        long count = end - begin;
        if (Long.bitCount(count) == 1) {
            return complete(Long.numberOfTrailingZeros(count), begin);
        }
        long middle = begin + split(count);
        return hasher.node(range(begin, middle), range(middle, end));
    }

    private Hash complete(int height, long begin) {
        int level = height / Tile.HEIGHT;
        long first = begin >> (Tile.HEIGHT * level);
        long tile = first / Tile.HASHES;
        byte[] hashes = tile < (size >> (Tile.HEIGHT * level)) / Tile.HASHES ? tiles.hashes(level, tile) : edge(level);
        return hasher.over(hashes, (int) (first % Tile.HASHES), 1 << (height % Tile.HEIGHT));
    }

    private byte[] edge(int level) {
        while (edge.size() <= level) {
            edge.add(new byte[Tile.BYTES]);
        }
        return edge.get(level);
    }

    private int countAtEdge(int level) {
        return (int) ((size >> (Tile.HEIGHT * level)) % Tile.HASHES);
    }

    private void requireSize(long atSize) {
        if (atSize < 0 || atSize > size) {
            throw new IllegalArgumentException("The tree has " + size + " leaves, not " + atSize);
        }
    }

    /** The largest power of two below the number. */
    private static long split(long count) {
        return Long.highestOneBit(count - 1);
    }
}
