// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.reputation;

/**
 * A set of SHA-256 hashes by their first 64 bits, 12 to 24 bytes each: to be taken for one of a million, somebody would
 * have to try 2^44 names, and would be the one who is refused then. One thread writes; any may read, and sees an entry
 * some moments after it was added.
 */
final class HashTable {
    private static final int LEAST = 1 << 10;
    private static final long REMOVED = 1;

    private volatile long[] table = new long[LEAST];
    private int used;
    private int size;

    /** Whether the hash is in the set. */
    boolean contains(long hash) {
        long[] now = table;
        long wanted = plain(hash);
        for (int i = index(wanted, now); now[i] != 0; i = i + 1 & now.length - 1) {
            if (now[i] == wanted) {
                return true;
            }
        }
        return false;
    }

    /** Adds the hash; false when it was in the set. */
    boolean add(long hash) {
        if (contains(hash)) {
            return false;
        }
        if (used * 3 >= table.length * 2) {
            rebuild(size * 3 >= table.length ? table.length * 2 : table.length);
        }
        put(table, plain(hash));
        used++;
        size++;
        return true;
    }

    /** Removes the hash; false when it was not in the set. */
    boolean remove(long hash) {
        long[] now = table;
        long wanted = plain(hash);
        for (int i = index(wanted, now); now[i] != 0; i = i + 1 & now.length - 1) {
            if (now[i] == wanted) {
                now[i] = REMOVED;
                size--;
                return true;
            }
        }
        return false;
    }

    int size() {
        return size;
    }

    /** All of them, in no order. */
    long[] toArray() {
        long[] all = new long[size];
        int filled = 0;
        for (long hash : table) {
            if (hash != 0 && hash != REMOVED) {
                all[filled++] = hash;
            }
        }
        return all;
    }

    private void rebuild(int length) {
        long[] next = new long[length];
        for (long hash : table) {
            if (hash != 0 && hash != REMOVED) {
                put(next, hash);
            }
        }
        used = size;
        table = next;
    }

    private static void put(long[] table, long hash) {
        int i = index(hash, table);
        while (table[i] != 0) {
            i = i + 1 & table.length - 1;
        }
        table[i] = hash;
    }

    /** The two values that mean something else are moved out of the way. */
    private static long plain(long hash) {
        return hash == 0 || hash == REMOVED ? hash + 2 : hash;
    }

    private static int index(long hash, long[] table) {
        return (int) (hash >>> 20) & table.length - 1;
    }
}
