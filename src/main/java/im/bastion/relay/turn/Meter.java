// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

/**
 * How many bytes a second may pass, with what one second allows at once. What is too much is dropped, as on a narrow line.
 * Confined to its server's thread.
 */
final class Meter {
    private static final long BURST_NANOS = 1_000_000_000L;

    /** 1024 times the nanoseconds one byte takes; 0 when nothing is measured. */
    private long price;

    private boolean begun;
    private long paidUntil;

    /** @param bytesPerSecond 0 for any number */
    Meter(long bytesPerSecond) {
        limit(bytesPerSecond);
    }

    void limit(long bytesPerSecond) {
        price = bytesPerSecond == 0 ? 0 : Math.max(1, 1_024_000_000_000L / bytesPerSecond);
    }

    /** Lets the bytes pass, or says that they are too many now. */
    boolean pass(int bytes, Moment now) {
        if (price == 0) {
            return true;
        }
        catchUp(now);
        long paid = paidUntil + ((bytes * price) >> 10);
        if (paid - now.nanos() > BURST_NANOS) {
            return false;
        }
        paidUntil = paid;
        return true;
    }

    /** Counts bytes that have passed; false when more must wait. */
    boolean charge(int bytes, Moment now) {
        if (price == 0) {
            return true;
        }
        catchUp(now);
        paidUntil += (bytes * price) >> 10;
        return paidUntil - now.nanos() <= BURST_NANOS;
    }

    private void catchUp(Moment now) {
        if (!begun || paidUntil - now.nanos() < 0) {
            begun = true;
            paidUntil = now.nanos();
        }
    }
}
