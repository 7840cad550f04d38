// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** RFC 3550 A.1 (what belongs to a stream), A.3 (loss) and A.8 (jitter). */
class RtpMeterTest {
    private static final long MILLI = 1_000_000L;
    private final RtpMeter meter = new RtpMeter();
    private long nanos = Long.MAX_VALUE - 3_000 * MILLI;

    @Test
    void countsWhatIsMissingByItsNumbersAcrossTheirTurn() {
        for (int i = 65_000; i < 66_100; i++) {
            if (i % 10 != 0) {
                packet(7, i & 0xFFFF, i * 960);
            }
        }
        // The first of two in sequence only makes the stream one, and the last number that came is no multiple of ten.
        assertThat(meter.expected()).isEqualTo(1_098);
        assertThat(meter.expected() - meter.received()).isEqualTo(109);
    }

    @Test
    void packetsOutOfOrderAreNotLost() {
        int[] order = {1, 2, 3, 5, 4, 6, 8, 7, 9};
        for (int sequence : order) {
            packet(7, sequence, sequence * 960);
        }
        assertThat(meter.expected()).isEqualTo(8);
        assertThat(meter.received()).isEqualTo(8);
    }

    @Test
    void aSourceThatBeginsAnewIsFollowedFromThere() {
        for (int i = 0; i < 20; i++) {
            packet(7, i, i * 960);
        }
        for (int i = 30_000; i < 30_020; i++) {
            packet(7, i, i * 960);
        }
        assertThat(meter.expected()).isEqualTo(meter.received()).isEqualTo(19 + 19);
    }

    @Test
    void jitterIsThatOfTheArrivalsWhateverTheClock() {
        for (int clock : new int[] {8_000, 48_000, 90_000}) {
            RtpMeter steady = new RtpMeter();
            RtpMeter shaken = new RtpMeter();
            for (int i = 0; i < 1_000; i++) {
                nanos += 20 * MILLI;
                int timestamp = i * (clock / 50) + Integer.MAX_VALUE - 100_000;
                steady.take(rtp(1, i, timestamp), new Moment(nanos, 0));
                shaken.take(rtp(1, i, timestamp), new Moment(nanos + (i % 2) * 5L * MILLI, 0));
            }
            assertThat(steady.jitterMicros()).isZero();
            assertThat(shaken.jitterMicros()).isCloseTo(5_000, within(50L));
        }
    }

    @Test
    void followsAudioAndVideoSideBySide() {
        for (int i = 0; i < 100; i++) {
            packet(1, i, i * 960);
            packet(2, 500 + i, i * 3_000);
            if (i % 2 == 0) {
                packet(3, i, i * 3_000);
            }
        }
        assertThat(meter.received()).isEqualTo(99 + 99);
        assertThat(meter.expected()).isEqualTo(99 + 99);
    }

    @Test
    void takesNoNoticeOfWhatIsNoRtp() {
        meter.take(ByteBuffer.allocate(0), now());
        meter.take(ByteBuffer.wrap(new byte[] {(byte) 0x80, 0, 0}), now());
        for (int i = 0; i < 10; i++) {
            meter.take(rtcp(i), now());
            meter.take(ByteBuffer.allocate(40).put(0, (byte) 0x16), now());
        }
        assertThat(meter.expected()).isZero();
    }

    /** Sources nobody has make no objects and no stream, and leave those that there are alone. */
    @Test
    void anyNumberOfSourcesCostsNoMoreThanFour() {
        for (int i = 0; i < 50; i++) {
            packet(1, i, i * 960);
        }
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            packet(random.nextInt(), random.nextInt(65_536), random.nextInt());
        }
        for (int i = 50; i < 100; i++) {
            packet(1, i, i * 960);
        }
        assertThat(meter.received()).isEqualTo(99);
        assertThat(meter.expected()).isEqualTo(99);
    }

    @Test
    void aSilentStreamGivesItsPlaceToANewOneAndKeepsItsCount() {
        for (int source = 0; source < 6; source++) {
            for (int i = 0; i < 11; i++) {
                packet(source, i, i * 960);
            }
            nanos += 11_000 * MILLI;
        }
        assertThat(meter.received()).isEqualTo(60);
    }

    private void packet(int source, int sequence, int timestamp) {
        nanos += MILLI;
        meter.take(rtp(source, sequence, timestamp), now());
    }

    private Moment now() {
        return new Moment(nanos, 0);
    }

    private static ByteBuffer rtp(int source, int sequence, int timestamp) {
        // With an offset, as in a buffer with room for headers.
        return ByteBuffer.allocate(60)
                .position(7)
                .put((byte) 0x80)
                .put((byte) 111)
                .putShort((short) sequence)
                .putInt(timestamp)
                .putInt(source)
                .position(7);
    }

    private static ByteBuffer rtcp(int number) {
        return rtp(9, number, 0).put(8, (byte) 200);
    }
}
