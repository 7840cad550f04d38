// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.watch;

/**
 * One direction.
 *
 * @param kbitPerSecond of relayed data, without headers
 * @param expected packets of RTP that should have come by their numbers; 0 when none is RTP
 * @param lost those of them that did not
 * @param jitterMicros the largest among its streams (RFC 3550 A.8); 0 when it is not known
 */
public record Quality(long kbitPerSecond, long expected, long lost, long jitterMicros) {
    static final Quality NONE = new Quality(0, 0, 0, 0);

    /** Whether there was RTP, so that loss and jitter mean something. */
    public boolean isRtp() {
        return expected > 0;
    }

    /** Lost packets of each thousand. */
    public int lostPerMille() {
        return expected == 0 ? 0 : (int) Math.round(1_000.0 * lost / expected);
    }

    Quality plus(Quality other) {
        return new Quality(
                kbitPerSecond + other.kbitPerSecond,
                expected + other.expected,
                lost + other.lost,
                Math.max(jitterMicros, other.jitterMicros));
    }
}
