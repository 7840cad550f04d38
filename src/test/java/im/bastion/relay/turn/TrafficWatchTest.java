// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.relay.stun.DataIndication;
import im.bastion.relay.watch.Sample;
import im.bastion.relay.watch.TrafficWatch;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What is seen of relayed media over time, with a server whose clock the test turns. */
class TrafficWatchTest {
    private static final Instant AT = Instant.parse("2026-12-01T10:00:00Z");
    private final TurnStage stage = new TurnStage();
    private final TurnStage.Client romeo = stage.romeo();
    private final TrafficWatch watch = new TrafficWatch(stage.live);
    private long nanos = Long.MAX_VALUE - 5_000_000_000L;

    @Test
    void measuresRateAndLossOfEachDirectionBetweenTwoLooks() {
        InetSocketAddress relayed = romeo.allocate();
        romeo.permit(TurnStage.PEER);
        look();
        // Fifty packets of 100 bytes a second for ten seconds, one of ten lost.
        media(relayed, 0, 500, 10);
        look();
        media(relayed, 500, 1_000, 0);
        look();

        Sample lossy = watch.of(1).get(1);
        assertThat(lossy.fromPeers().lostPerMille()).isBetween(95, 105);
        assertThat(lossy.fromPeers().kbitPerSecond()).isEqualTo(36);
        assertThat(lossy.fromClients().isRtp()).isFalse();
        assertThat(lossy.fromClients().kbitPerSecond()).isZero();
        Sample clean = watch.of(1).get(2);
        assertThat(clean.fromPeers().lostPerMille()).isZero();
        assertThat(clean.fromPeers().kbitPerSecond()).isEqualTo(40);
        assertThat(watch.ofAll()).hasSize(3).last().isEqualTo(clean);
        assertThat(watch.seen()).singleElement().satisfies(seen -> assertThat(seen.latest())
                .isEqualTo(clean));
    }

    @Test
    void whatHasEndedIsForgottenAndTheWholeRemembersIt() {
        romeo.allocate();
        look();
        stage.server.close();
        look();

        assertThat(watch.of(1)).isEmpty();
        assertThat(watch.seen()).isEmpty();
        assertThat(watch.ofAll()).extracting(Sample::allocations).containsExactly(1, 0);
    }

    @Test
    void keepsTenMinutesOfOneAndTwoHoursOfAll() {
        romeo.allocate();
        for (int i = 0; i < 1_000; i++) {
            look();
        }
        assertThat(watch.of(1)).hasSize(60);
        assertThat(watch.ofAll()).hasSize(720);
    }

    private void look() {
        watch.look(AT, nanos);
        nanos += TrafficWatch.PAUSE.toNanos();
    }

    private void media(InetSocketAddress relayed, int from, int to, int lossEvery) {
        Allocation allocation = stage.sockets.open.get(relayed);
        for (int i = from; i < to; i++) {
            if (lossEvery == 0 || i % lossEvery != 5) {
                ByteBuffer packet = ByteBuffer.allocate(DataIndication.MAX_HEADROOM + 104);
                packet.position(DataIndication.MAX_HEADROOM)
                        .put((byte) 0x80)
                        .put((byte) 96)
                        .putShort((short) i)
                        .putInt(i * 960)
                        .putInt(77);
                packet.limit(DataIndication.MAX_HEADROOM + 100).position(DataIndication.MAX_HEADROOM);
                stage.server.fromPeer(allocation, packet, TurnStage.PEER, stage.now());
            }
        }
    }
}
