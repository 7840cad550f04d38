// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

/**
 * When something happens, on the two clocks that matter.
 *
 * @param nanos monotonic, as of {@link System#nanoTime()}: what allocations, permissions and channels live by
 * @param epochSeconds wall clock: what nonces and credentials live by
 */
public record Moment(long nanos, long epochSeconds) {
    /** The point on the monotonic clock that lies so many seconds ahead. */
    long nanosIn(long seconds) {
        return nanos + seconds * 1_000_000_000L;
    }

    /** Whether the point on the monotonic clock lies ahead. */
    boolean isBefore(long deadlineNanos) {
        return deadlineNanos - nanos > 0;
    }
}
