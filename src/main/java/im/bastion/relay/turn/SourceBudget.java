// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import java.net.InetAddress;
import java.util.random.RandomGenerator;

/**
 * How often something may be done for one source: a burst, then so many a second. Sources share a table of fixed size by a
 * hash that nobody can guess, so a flood with a million senders' addresses leaves nothing behind; two of them may share a
 * place, which makes both poorer and never richer. Confined to its server's thread.
 */
final class SourceBudget {
    private final long[] paidUntil;
    private final long intervalNanos;
    private final long burstNanos;
    private final long salt;
    private boolean begun;
    private long origin;

    /**
     * @param slots a power of two
     * @param burst how many at once
     * @param perSecond how many in the long run
     * @param random must not be predictable
     */
    SourceBudget(int slots, int burst, double perSecond, RandomGenerator random) {
        this.paidUntil = new long[slots];
        this.intervalNanos = (long) (1e9 / perSecond);
        this.burstNanos = intervalNanos * burst;
        this.salt = random.nextLong() | 1;
    }

    /** Takes one from the source's budget; false when it is empty. */
    boolean take(InetAddress source, Moment now) {
        int slot = slot(source);
        long at = time(now);
        long paid = Math.max(paidUntil[slot], at);
        if (paid + intervalNanos - at > burstNanos) {
            return false;
        }
        paidUntil[slot] = paid + intervalNanos;
        return true;
    }

    /** Whether there is something left in the source's budget. */
    boolean has(InetAddress source, Moment now) {
        long at = time(now);
        return Math.max(paidUntil[slot(source)], at) + intervalNanos - at <= burstNanos;
    }

    /** Since the first call, for the monotonic clock may overflow at any time. */
    private long time(Moment now) {
        if (!begun) {
            begun = true;
            origin = now.nanos();
        }
        return now.nanos() - origin;
    }

    private int slot(InetAddress source) {
        SourceKey key = SourceKey.of(source);
        long mixed = (key.bits() ^ (key.ipv6() ? salt >>> 7 : 0)) * salt;
        mixed = (mixed ^ mixed >>> 29) * 0xBF58476D1CE4E5B9L;
        return (int) (mixed >>> 32) & paidUntil.length - 1;
    }
}
