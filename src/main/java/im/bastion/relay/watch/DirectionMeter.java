// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.watch;

import im.bastion.relay.turn.RtpMeter;

/** Makes of counters that grow what has come between two looks at them. */
final class DirectionMeter {
    private final RtpMeter rtp;
    private long bytes;
    private long expected;
    private long received;

    DirectionMeter(RtpMeter rtp) {
        this.rtp = rtp;
    }

    /**
     * What has come since the last look.
     *
     * @param bytesNow all that have come so far
     * @param nanos the time since then
     */
    Quality look(long bytesNow, long nanos) {
        long expectedNow = rtp.expected();
        long receivedNow = rtp.received();
        long due = Math.max(0, expectedNow - expected);
        // Counters are read while they change, and packets may come late: neither makes less than nothing of it.
        long lost = Math.max(0, Math.min(due, due - (receivedNow - received)));
        long kbit = nanos <= 0 ? 0 : Math.round((bytesNow - bytes) * 8.0 * 1_000_000 / nanos);
        bytes = bytesNow;
        expected = expectedNow;
        received = receivedNow;
        return new Quality(kbit, due, lost, due == 0 ? 0 : rtp.jitterMicros());
    }
}
