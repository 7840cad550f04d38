// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.merkle;

import java.util.List;

/** Checks proofs without the tree. */
public final class Proofs {
    private Proofs() {}

    /** Whether the path proves that the leaf of that hash is the one at that index (RFC 9162 §2.1.3.2). */
    public static boolean includes(Hash leaf, long index, long size, List<Hash> path, Hash root) {
        if (index < 0 || index >= size) {
            return false;
        }
        TreeHasher hasher = new TreeHasher();
        long node = index;
        long last = size - 1;
        Hash hash = leaf;
        for (Hash step : path) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                hash = hasher.node(step, hash);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                hash = hasher.node(hash, step);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && hash.equals(root);
    }

    /** Whether the proof shows that the second tree continues the first (RFC 9162 §2.1.4.2). */
    public static boolean continues(long first, Hash firstRoot, long second, Hash secondRoot, List<Hash> proof) {
        if (first < 1 || first > second) {
            return false;
        }
        if (first == second) {
            return proof.isEmpty() && firstRoot.equals(secondRoot);
        }
        boolean startsWithFirst = Long.bitCount(first) == 1;
        if (proof.isEmpty() && !startsWithFirst) {
            return false;
        }
        TreeHasher hasher = new TreeHasher();
        long node = first - 1;
        long last = second - 1;
        while ((node & 1) == 1) {
            node >>= 1;
            last >>= 1;
        }
        Hash before = startsWithFirst ? firstRoot : proof.get(0);
        Hash after = before;
        for (Hash step : startsWithFirst ? proof : proof.subList(1, proof.size())) {
            if (last == 0) {
                return false;
            }
            if ((node & 1) == 1 || node == last) {
                before = hasher.node(step, before);
                after = hasher.node(step, after);
                while ((node & 1) == 0 && node != 0) {
                    node >>= 1;
                    last >>= 1;
                }
            } else {
                after = hasher.node(after, step);
            }
            node >>= 1;
            last >>= 1;
        }
        return last == 0 && before.equals(firstRoot) && after.equals(secondRoot);
    }
}
