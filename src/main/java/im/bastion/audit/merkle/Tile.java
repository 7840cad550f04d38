// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.merkle;

/**
 * {@link #HASHES} neighbouring hashes of one level: level 0 holds leaves, and each level above the roots of the full tiles
 * below it. So a tree of ten million leaves has three levels, and what lies between is computed when it is needed.
 */
public final class Tile {
    /** Hashes in a full tile. */
    public static final int HASHES = 256;

    /** Bytes of a full tile. */
    public static final int BYTES = HASHES * Hash.BYTES;

    /** How many levels of a binary tree a tile spans. */
    static final int HEIGHT = 8;

    private final int level;
    private final long number;
    private final Hash root;
    private final byte[] hashes;

    Tile(int level, long number, Hash root, byte[] hashes) {
        this.level = level;
        this.number = number;
        this.root = root;
        this.hashes = hashes;
    }

    public int level() {
        return level;
    }

    /** 0 for the leftmost of its level. */
    public long number() {
        return number;
    }

    /** Over all of its hashes. */
    public Hash root() {
        return root;
    }

    /** The hashes one after the other; the array is not copied and must not be changed. */
    public byte[] hashes() {
        return hashes;
    }
}
