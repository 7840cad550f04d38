// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.random.RandomGenerator;

/**
 * The ports of relayed addresses, each given to one holder at a time, in an order nobody can guess (RFC 6056). A port that
 * comes back rests for a while, so that late packets for its last holder do not reach the next (RFC 8656 §7.2), unless no
 * other is left. Not thread-safe.
 */
public final class PortPool {
    /** The answer when no port is left. */
    public static final int NONE = -1;

    private static final long REST_NANOS = 60_000_000_000L;

    private record Resting(int port, long untilNanos) {}

    private final int min;
    private final BitSet free = new BitSet();
    private final Deque<Resting> resting = new ArrayDeque<>();
    private final RandomGenerator random;

    /**
     * @param min the lowest port
     * @param max the highest one
     * @param random must not be predictable
     */
    public PortPool(int min, int max, RandomGenerator random) {
        this.min = min;
        this.random = random;
        free.set(0, max - min + 1);
    }

    /** Takes a port, or {@link #NONE}. */
    public int take(boolean even, long nanos) {
        wake(nanos);
        int port = pick(even);
        return port == NONE ? takeResting(even) : port;
    }

    /** Takes an even port and with it the next higher one; the answer is the even one, or {@link #NONE}. */
    public int takePair(long nanos) {
        wake(nanos);
        int size = free.length();
        int start = size == 0 ? 0 : random.nextInt(size);
        int found = nextPair(start);
        if (found < 0) {
            found = nextPair(0);
        }
        if (found < 0) {
            return NONE;
        }
        free.clear(found, found + 2);
        return min + found;
    }

    /** Gives a port back. */
    public void release(int port, long nanos) {
        resting.add(new Resting(port, nanos + REST_NANOS));
    }

    private void wake(long nanos) {
        while (!resting.isEmpty() && resting.peek().untilNanos() - nanos <= 0) {
            free.set(resting.poll().port() - min);
        }
    }

    private int nextPair(int from) {
        int index = next(from, true);
        while (index >= 0 && !free.get(index + 1)) {
            index = next(index + 1, true);
        }
        return index;
    }

    private int pick(boolean even) {
        int size = free.length();
        if (size == 0) {
            return NONE;
        }
        int start = random.nextInt(size);
        int found = next(start, even);
        if (found < 0) {
            found = next(0, even);
        }
        if (found < 0) {
            return NONE;
        }
        free.clear(found);
        return min + found;
    }

    private int next(int from, boolean even) {
        int index = free.nextSetBit(from);
        while (index >= 0 && even && (min + index) % 2 != 0) {
            index = free.nextSetBit(index + 1);
        }
        return index;
    }

    private int takeResting(boolean even) {
        for (Resting oldest : resting) {
            if (!even || oldest.port() % 2 == 0) {
                resting.remove(oldest);
                return oldest.port();
            }
        }
        return NONE;
    }
}
