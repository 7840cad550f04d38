// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import java.nio.ByteBuffer;

/**
 * How well the RTP of one direction of an allocation came here. Looks at headers alone, which SRTP leaves in clear (RFC 3711
 * §3.1); takes no notice of what is no RTP. Follows {@link #MAX_STREAMS} streams at most, which are reused, so whatever is sent
 * makes no further objects. Written by its server's thread; others may read what it counts, a moment late.
 */
public final class RtpMeter {
    /** Audio and video, and a screen, with room for one that has begun anew. */
    static final int MAX_STREAMS = 4;

    private static final int HEADER_BYTES = 12;
    private static final long IDLE_NANOS = 10_000_000_000L;

    private final RtpStream[] streams = new RtpStream[MAX_STREAMS];
    private long receivedBefore;
    private long expectedBefore;

    /** Looks at what is relayed; neither its bytes nor its position change. */
    void take(ByteBuffer data, Moment now) {
        int at = data.position();
        // RFC 7983 §7: version 2 is RTP or RTCP; RFC 5761 §4 tells those two from each other.
        if (data.remaining() < HEADER_BYTES || (data.get(at) & 0xC0) != 0x80 || isRtcp(data.get(at + 1))) {
            return;
        }
        int source = data.getInt(at + 8);
        int sequence = data.getShort(at + 2) & 0xFFFF;
        int timestamp = data.getInt(at + 4);
        RtpStream stream = find(source);
        if (stream != null) {
            stream.take(sequence, timestamp, now.nanos());
        } else {
            begin(source, sequence, timestamp, now.nanos());
        }
    }

    private static boolean isRtcp(byte second) {
        int type = second & 0x7F;
        return type >= 64 && type <= 95;
    }

    private RtpStream find(int source) {
        for (RtpStream stream : streams) {
            if (stream != null && stream.is(source)) {
                return stream;
            }
        }
        return null;
    }

    /** Begins a stream where there is room: none yet, or else the longest silent of those that have ended or never were one. */
    private void begin(int source, int sequence, int timestamp, long nanos) {
        RtpStream longest = null;
        for (int i = 0; i < MAX_STREAMS; i++) {
            RtpStream stream = streams[i];
            if (stream == null) {
                streams[i] = new RtpStream();
                streams[i].begin(source, sequence, timestamp, nanos);
                return;
            }
            boolean ended = stream.received() == 0 || nanos - stream.lastNanos() > IDLE_NANOS;
            if (ended && (longest == null || stream.lastNanos() - longest.lastNanos() < 0)) {
                longest = stream;
            }
        }
        if (longest != null) {
            receivedBefore += longest.received();
            expectedBefore += longest.expected();
            longest.begin(source, sequence, timestamp, nanos);
        }
    }

    /** How many packets of RTP came. */
    public long received() {
        long all = receivedBefore;
        for (RtpStream stream : streams) {
            all += stream == null ? 0 : stream.received();
        }
        return all;
    }

    /** How many should have come by their numbers. */
    public long expected() {
        long all = expectedBefore;
        for (RtpStream stream : streams) {
            all += stream == null ? 0 : stream.expected();
        }
        return all;
    }

    /** The largest jitter among its streams, in microseconds (RFC 3550 A.8). */
    public long jitterMicros() {
        long largest = 0;
        for (RtpStream stream : streams) {
            largest = Math.max(largest, stream == null ? 0 : stream.jitterNanos());
        }
        return largest / 1_000;
    }
}
