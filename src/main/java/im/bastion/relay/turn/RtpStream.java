// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

/**
 * What the headers of one RTP stream say about its way so far: loss by sequence numbers (RFC 3550 A.1, A.3) and jitter by
 * timestamps (A.8). The clock of the timestamps is not known to a relay; it is measured and taken for the nearest usual one.
 * Written by one thread; others may read what it counts, a moment late.
 */
final class RtpStream {
    private static final int MAX_DROPOUT = 3_000;
    private static final int MAX_MISORDER = 100;
    private static final int MIN_SEQUENTIAL = 2;
    private static final int MODULUS = 1 << 16;
    private static final int NO_SEQUENCE = MODULUS + 1;
    private static final long CLOCK_NANOS = 2_000_000_000L;
    /** Of G.711 and G.722, of wideband speech, of Opus, of video. */
    private static final int[] CLOCKS = {8_000, 16_000, 48_000, 90_000};

    private static final double CLOCK_TOLERANCE = 0.15;

    private int source;
    private int maxSequence;
    private int cycles;
    private int baseSequence;
    private int badSequence;
    private int probation;
    private long received;
    private long receivedBefore;
    private long expectedBefore;
    private long lastNanos;

    private int clock;
    private int firstTimestamp;
    private long firstNanos;
    private int lastTimestamp;
    private long jitterNanos;

    /** Begins with the first packet of a source. */
    void begin(int ssrc, int sequence, int timestamp, long nanos) {
        source = ssrc;
        probation = MIN_SEQUENTIAL;
        restart(sequence);
        maxSequence = sequence - 1 & 0xFFFF;
        receivedBefore = 0;
        expectedBefore = 0;
        jitterNanos = 0;
        measureClock(timestamp, nanos);
        take(sequence, timestamp, nanos);
    }

    /** Takes a packet of the source. */
    void take(int sequence, int timestamp, long nanos) {
        if (!follow(sequence)) {
            lastNanos = nanos;
            return;
        }
        if (received == 1) {
            measureClock(timestamp, nanos);
        } else if (clock == 0) {
            findClock(timestamp, nanos);
        } else {
            long spacing = (timestamp - lastTimestamp) * 1_000_000_000L / clock;
            long difference = Math.abs(nanos - lastNanos - spacing);
            jitterNanos += (difference - jitterNanos) / 16;
        }
        lastTimestamp = timestamp;
        lastNanos = nanos;
    }

    /** RFC 3550 A.1: whether the packet belongs to the stream. */
    private boolean follow(int sequence) {
        int ahead = sequence - maxSequence & 0xFFFF;
        if (probation > 0) {
            boolean next = ahead == 1;
            probation = next ? probation - 1 : MIN_SEQUENTIAL - 1;
            maxSequence = sequence;
            if (probation > 0) {
                return false;
            }
            restart(sequence);
        } else if (ahead < MAX_DROPOUT) {
            if (sequence < maxSequence) {
                cycles += MODULUS;
            }
            maxSequence = sequence;
        } else if (ahead <= MODULUS - MAX_MISORDER) {
            if (sequence != badSequence) {
                badSequence = sequence + 1 & 0xFFFF;
                return false;
            }
            // Two in a row: the other side has begun anew.
            receivedBefore += received;
            expectedBefore += numbered();
            restart(sequence);
        }
        received++;
        return true;
    }

    private void restart(int sequence) {
        baseSequence = sequence;
        maxSequence = sequence;
        badSequence = NO_SEQUENCE;
        cycles = 0;
        received = 0;
    }

    private void measureClock(int timestamp, long nanos) {
        clock = 0;
        firstTimestamp = timestamp;
        firstNanos = nanos;
    }

    private void findClock(int timestamp, long nanos) {
        long elapsed = nanos - firstNanos;
        if (elapsed < CLOCK_NANOS) {
            return;
        }
        double measured = (timestamp - firstTimestamp) * 1e9 / elapsed;
        measureClock(timestamp, nanos);
        for (int usual : CLOCKS) {
            if (Math.abs(measured - usual) < usual * CLOCK_TOLERANCE) {
                clock = usual;
            }
        }
    }

    boolean is(int ssrc) {
        return source == ssrc;
    }

    /** When its last packet came. */
    long lastNanos() {
        return lastNanos;
    }

    /** How many packets came; 0 until the stream is one. */
    long received() {
        return probation > 0 ? 0 : receivedBefore + received;
    }

    /** How many should have come by their numbers. */
    long expected() {
        return probation > 0 ? 0 : expectedBefore + numbered();
    }

    private long numbered() {
        return (long) cycles + maxSequence - baseSequence + 1;
    }

    /** The jitter now; 0 as long as the clock is not known. */
    long jitterNanos() {
        return jitterNanos;
    }
}
