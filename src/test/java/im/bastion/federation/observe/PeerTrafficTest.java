// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.observe;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.host.ServerSession.Direction;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

class PeerTrafficTest {
    private final PeerTraffic traffic = new PeerTraffic();

    private static Message message(int length) {
        Message message = new Message();
        message.setTo(new JID("juliet@peer.test"));
        message.setFrom(new JID("romeo@home.test/orchard"));
        message.setBody("x".repeat(length));
        return message;
    }

    @Test
    void countsStanzasBothWaysAndUsersOnce() {
        for (int i = 0; i < 40; i++) {
            traffic.passed(Direction.OUTGOING, "peer.test", message(10), new JID("romeo@home.test"));
        }
        traffic.passed(Direction.INCOMING, "peer.test", message(10), new JID("mercutio@home.test"));
        traffic.refused(Direction.INCOMING, "peer.test");
        traffic.failed("gone.test");

        var collected = traffic.collect();

        PeerTraffic.Counts peer = collected.get("peer.test");
        assertThat(peer.outgoing().stanzas()).isEqualTo(40);
        assertThat(peer.incoming().stanzas()).isEqualTo(1);
        assertThat(peer.incoming().refused()).isEqualTo(1);
        assertThat(peer.users().count()).isEqualTo(2);
        assertThat(collected.get("gone.test").failures()).isEqualTo(1);
        assertThat(traffic.collect()).isEmpty();
    }

    @Test
    void estimatesTheBytesOfManyStanzas() {
        Message message = message(200);
        for (int i = 0; i < 1_600; i++) {
            traffic.passed(Direction.OUTGOING, "peer.test", message, null);
        }

        assertThat(traffic.collect().get("peer.test").outgoing().bytes())
                .isCloseTo(1_600L * message.toXML().length(), Percentage.withPercentage(10));
    }

    @Test
    void doesNotGrowBeyondItsLimit() {
        for (int i = 0; i < PeerTraffic.MAX_PEERS + 10; i++) {
            traffic.failed("p" + i + ".test");
        }

        assertThat(traffic.collect()).hasSize(PeerTraffic.MAX_PEERS);
    }
}
