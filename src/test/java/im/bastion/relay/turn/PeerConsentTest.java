// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;

/** What this user may not have, though others may. */
class PeerConsentTest {
    private final TurnStage stage = new TurnStage();
    private final TurnStage.Client romeo = stage.romeo();

    @Test
    void noMethodReachesAPeerWithoutConsent() {
        romeo.allocate();
        stage.unwanted.add(TurnStage.PEER.getAddress());

        assertThat(romeo.permit(TurnStage.PEER).error()).isEqualTo(403);
        assertThat(romeo.bind(0x4001, TurnStage.PEER).error()).isEqualTo(403);
        romeo.sendTo(TurnStage.PEER, "ping");
        assertThat(stage.sockets.sent).isEmpty();
    }

    @Test
    void consentThatIsTakenBackEndsPermissionAndChannelWithinASecond() {
        InetSocketAddress relayed = romeo.allocate();
        InetSocketAddress other = TurnStage.address("93.184.216.35", 5_000);
        romeo.bind(0x4001, TurnStage.PEER);
        romeo.bind(0x4002, other);
        stage.unwanted.add(TurnStage.PEER.getAddress());
        stage.server.expire(stage.now());

        romeo.sendOn(0x4001, "ping");
        romeo.sendTo(TurnStage.PEER, "ping");
        assertThat(stage.sockets.sent).isEmpty();
        assertThat(stage.fromPeer(relayed, TurnStage.PEER, "pong")).isNull();
        romeo.sendOn(0x4002, "ping");
        assertThat(stage.sockets.sent).hasSize(1);
    }
}
