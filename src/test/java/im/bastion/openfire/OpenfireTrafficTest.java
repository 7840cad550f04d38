// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.mock;

import im.bastion.host.Point;
import im.bastion.host.ServerSession;
import im.bastion.host.Subscription;
import im.bastion.host.Traffic;
import java.util.ArrayList;
import java.util.List;
import org.jivesoftware.openfire.interceptor.PacketRejectedException;
import org.jivesoftware.openfire.session.OutgoingServerSession;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.Message;

/** Openfire lets a stanza pass on every exception but one, so no other may come out of here. */
class OpenfireTrafficTest {
    private final OwnStanzas own = mock(OwnStanzas.class);
    private final OutgoingServerSession session = mock(OutgoingServerSession.class);
    private final Message message = new Message();

    @Test
    void aRefusedStanzaIsStoppedAlsoWhenItsSenderCannotBeTold() {
        doThrow(new IllegalStateException("Cannot route")).when(own).send(any());
        OpenfireTraffic traffic = new OpenfireTraffic(s -> mock(ServerSession.class), own);
        try (Subscription watching = traffic.watch((point, stanza, client, peer) -> new Traffic.Stop(new Message()))) {
            assertThat(watching).isNotNull();
            assertThatThrownBy(() -> traffic.interceptPacket(message, session, false, false))
                    .isInstanceOf(PacketRejectedException.class);
        }
    }

    @Test
    void aStanzaLeavesAlsoOverASessionThatCannotBeRead() throws PacketRejectedException {
        List<Point> seen = new ArrayList<>();
        OpenfireTraffic traffic = new OpenfireTraffic(
                s -> {
                    throw new IllegalStateException("deliberate");
                },
                own);
        try (Subscription watching = traffic.watch((point, stanza, client, peer) -> {
            seen.add(point);
            return null;
        })) {
            assertThat(watching).isNotNull();
            traffic.interceptPacket(message, session, false, false);
        }
        assertThat(seen).containsExactly(Point.LEAVING);
    }
}
