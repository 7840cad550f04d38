// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.merkle;

import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The two hash functions of a tree (RFC 9162 §2.1.1): what is hashed begins with 0 for a leaf and with 1 for a node. */
public final class TreeHasher {
    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private final MessageDigest digest;

    /** For one thread at a time. */
    public TreeHasher() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** The root of a tree without leaves. */
    public Hash empty() {
        return new Hash(digest.digest());
    }

    /** The hash of a leaf. */
    public Hash leaf(byte[] entry) {
        digest.update(LEAF);
        digest.update(entry);
        return new Hash(digest.digest());
    }

    /** The hash of the node above two others. */
    public Hash node(Hash left, Hash right) {
        digest.update(NODE);
        digest.update(left.shared());
        digest.update(right.shared());
        return new Hash(digest.digest());
    }

    /**
     * The root over a number of neighbouring hashes, a power of two.
     *
     * @param hashes one after the other
     * @param first index of the first hash
     */
    Hash over(byte[] hashes, int first, int count) {
        byte[] level = new byte[count * Hash.BYTES];
        System.arraycopy(hashes, first * Hash.BYTES, level, 0, level.length);
        for (int width = count; width > 1; width /= 2) {
            for (int i = 0; i < width / 2; i++) {
                digest.update(NODE);
                digest.update(level, 2 * i * Hash.BYTES, 2 * Hash.BYTES);
                into(level, i * Hash.BYTES);
            }
        }
        byte[] root = new byte[Hash.BYTES];
        System.arraycopy(level, 0, root, 0, Hash.BYTES);
        return new Hash(root);
    }

    private void into(byte[] target, int offset) {
        try {
            digest.digest(target, offset, Hash.BYTES);
        } catch (DigestException e) {
            throw new IllegalStateException("SHA-256 has " + Hash.BYTES + " bytes", e);
        }
    }
}
