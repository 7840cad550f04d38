// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.reputation;

/**
 * A set of SHA-256 hashes by their first 64 bits, each with a mark, in 13.5 to 27 bytes: to be taken for one of a million,
 * somebody would have to try 2^44 names, and would be the one who is refused then. One thread writes; any may read, and
 * sees an entry some moments after it was added.
 */
final class HashTable {
    private static final int LEAST = 1 << 10;
    private static final long REMOVED = 1;

    /** The hashes and, at the same places, their marks. */
    private static final class Slots {
        private final long[] hashes;
        private final byte[] marks;

        private Slots(int length) {
            hashes = new long[length];
            marks = new byte[length];
        }

        int length() {
            return hashes.length;
        }

        int begin(long hash) {
            return (int) (hash >>> 20) & hashes.length - 1;
        }

        /** Where the hash is, or -1. */
        int find(long hash) {
            for (int i = begin(hash); hashes[i] != 0; i = i + 1 & hashes.length - 1) {
                if (hashes[i] == hash) {
                    return i;
                }
            }
            return -1;
        }

        void put(long hash, byte mark) {
            int i = begin(hash);
            while (hashes[i] != 0) {
                i = i + 1 & hashes.length - 1;
            }
            // The mark first: whoever sees the hash sees its mark.
            marks[i] = mark;
            hashes[i] = hash;
        }
    }

    /** Is told of each entry. */
    @FunctionalInterface
    interface Visitor<E extends Exception> {
        void visit(long hash, byte mark) throws E;
    }

    private volatile Slots slots = new Slots(LEAST);
    private int used;
    private int size;

    /** Whether the hash is in the set. */
    boolean contains(long hash) {
        return slots.find(plain(hash)) >= 0;
    }

    /** The mark of the hash; 0 when it has none or is not in the set. */
    byte mark(long hash) {
        Slots now = slots;
        int at = now.find(plain(hash));
        return at < 0 ? 0 : now.marks[at];
    }

    /** Adds the hash, or gives it another mark; false when it was in the set. */
    boolean add(long hash, byte mark) {
        int at = slots.find(plain(hash));
        if (at >= 0) {
            slots.marks[at] = mark;
            return false;
        }
        if (used * 3L >= slots.length() * 2L) {
            rebuild(size * 3L >= slots.length() ? slots.length() * 2 : slots.length());
        }
        slots.put(plain(hash), mark);
        used++;
        size++;
        return true;
    }

    /** Removes the hash; false when it was not in the set. */
    boolean remove(long hash) {
        Slots now = slots;
        int at = now.find(plain(hash));
        if (at < 0) {
            return false;
        }
        now.hashes[at] = REMOVED;
        size--;
        return true;
    }

    /** Removes all of them. */
    void clear() {
        slots = new Slots(LEAST);
        used = 0;
        size = 0;
    }

    int size() {
        return size;
    }

    /** Shows all of them, in no order. */
    <E extends Exception> void each(Visitor<E> visitor) throws E {
        Slots now = slots;
        for (int i = 0; i < now.length(); i++) {
            long hash = now.hashes[i];
            if (hash != 0 && hash != REMOVED) {
                visitor.visit(hash, now.marks[i]);
            }
        }
    }

    private void rebuild(int length) {
        Slots next = new Slots(length);
        each(next::put);
        used = size;
        slots = next;
    }

    /** The two values that mean something else are moved out of the way. */
    private static long plain(long hash) {
        return hash == 0 || hash == REMOVED ? hash + 2 : hash;
    }
}
