// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.client;

/** How long a client waits. */
final class Patience {
    /** For a connection or a handshake, and for an answer over a stream. */
    static final int MILLIS = 3_500;
    /** When a datagram is sent again: after half a second and another one (RFC 8489 §6.2.1, with fewer repetitions). */
    static final int[] RETRANSMIT_MILLIS = {500, 1_000, 2_000};

    private Patience() {}

    static long deadline(int millis) {
        return System.nanoTime() + millis * 1_000_000L;
    }

    /** Whole milliseconds until then, at least one as long as it lies ahead; 0 when it is past. */
    static int millisUntil(long deadlineNanos) {
        long nanos = deadlineNanos - System.nanoTime();
        return nanos <= 0 ? 0 : (int) Math.max(1, nanos / 1_000_000);
    }
}
