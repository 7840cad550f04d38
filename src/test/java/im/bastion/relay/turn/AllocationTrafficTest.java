// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.policy.AddressRange;
import im.bastion.relay.stun.StunMethod;
import im.bastion.relay.stun.UnsignedAttribute;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What an admin sees of allocations, and can do about them. */
class AllocationTrafficTest {
    private final TurnStage stage = new TurnStage();
    private final TurnStage.Client romeo = stage.romeo();

    @Test
    void showsWhoseItIsWhereAndHowMuchGoesThrough() {
        InetSocketAddress relayed = romeo.allocate();
        romeo.bind(0x4000, TurnStage.PEER);
        romeo.sendOn(0x4000, "12345");
        romeo.sendOn(0x4000, "678");
        stage.fromPeer(relayed, TurnStage.PEER, "back");
        stage.server.expire(stage.now());

        AllocationTraffic traffic = only();
        assertThat(traffic.user().name()).isEqualTo(romeo.username);
        assertThat(traffic.client()).isEqualTo(TurnStage.ROMEO);
        assertThat(traffic.leg()).isEqualTo(Leg.UDP);
        assertThat(traffic.relayed()).containsExactly(relayed);
        assertThat(traffic.peers()).containsExactly(TurnStage.PEER.getAddress());
        assertThat(traffic.openedEpochSecond()).isEqualTo(stage.now().epochSeconds());
        assertThat(traffic.toPeerPackets()).isEqualTo(2);
        assertThat(traffic.toPeerBytes()).isEqualTo(8);
        assertThat(traffic.toClientPackets()).isEqualTo(1);
        assertThat(traffic.toClientBytes()).isEqualTo(4);
        assertThat(traffic.toPeerRtp().expected()).isZero();
    }

    @Test
    void peersAreThoseOfLivingPermissions() {
        romeo.allocate();
        romeo.permit(TurnStage.PEER);
        stage.server.expire(stage.now());
        assertThat(only().peers()).hasSize(1);
        stage.pass(Duration.ofSeconds(301));
        stage.server.expire(stage.now());
        assertThat(only().peers()).isEmpty();
    }

    @Test
    void oneThatAnAdminEndsIsGoneAtOnceAndItsClientIsTold() {
        InetSocketAddress relayed = romeo.allocate();
        TurnStage.Client juliet = stage.client(TurnStage.JULIET, "juliet@home.example");
        InetSocketAddress other = juliet.allocate();

        stage.server.end(only(relayed).id());

        assertThat(stage.sockets.open).doesNotContainKey(relayed).containsKey(other);
        assertThat(stage.quota.total()).isEqualTo(1);
        assertThat(romeo.ask(StunMethod.REFRESH, UnsignedAttribute.lifetime(600))
                        .error())
                .isEqualTo(437);
        assertThat(only().relayed()).containsExactly(other);
        stage.server.end(12_345);
        assertThat(stage.live.all()).hasSize(1);
    }

    @Test
    void refusedPeersAreGroupedByReasonAndNetwork() {
        romeo.allocate();
        stage.unwanted.add(TurnStage.address("93.184.216.99", 0).getAddress());
        stage.unwanted.add(TurnStage.address("93.184.216.98", 0).getAddress());
        romeo.permit(TurnStage.address("10.0.0.1", 1));
        romeo.permit(TurnStage.address("10.200.0.1", 1));
        romeo.bind(0x4000, TurnStage.address("10.200.0.1", 5));
        romeo.permit(TurnStage.address("127.0.0.1", 1));
        romeo.permit(TurnStage.address("93.184.216.99", 1));
        romeo.permit(TurnStage.address("93.184.216.98", 1));
        romeo.permit(TurnStage.PEER);

        List<PeerRefusals.Refused> refused = stage.refusals.all();

        assertThat(refused)
                .extracting(each -> each.reason() + " " + each.range() + " " + each.count())
                .containsExactly("RESERVED 10.0.0.0/8 3", "UNSIGNALLED 93.184.216.0/24 2", "OWN 127.0.0.1/32 1");
        assertThat(refused.get(0).lastEpochSecond()).isEqualTo(stage.now().epochSeconds());
    }

    @Test
    void refusedPeersAreForgottenBeyondALimit() {
        PeerRefusals refusals = new PeerRefusals();
        for (int i = 0; i < 2 * PeerRefusals.MAX_GROUPS; i++) {
            refusals.count(
                    new PeerAddressPolicy.Denial(
                            PeerRefusals.Reason.DENIED, AddressRange.of("9.%d.%d.1".formatted(i / 256, i % 256))),
                    "romeo",
                    i);
        }
        assertThat(refusals.all()).hasSize(PeerRefusals.MAX_GROUPS);
    }

    private AllocationTraffic only() {
        assertThat(stage.live.all()).hasSize(1);
        return stage.live.all().get(0);
    }

    private AllocationTraffic only(InetSocketAddress relayed) {
        return stage.live.all().stream()
                .filter(each -> each.relayed().contains(relayed))
                .findFirst()
                .orElseThrow();
    }
}
