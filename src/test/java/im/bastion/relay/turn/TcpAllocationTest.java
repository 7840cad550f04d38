// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.relay.stun.AttributeType;
import im.bastion.relay.stun.ChannelNumberAttribute;
import im.bastion.relay.stun.FirstByteAttribute;
import im.bastion.relay.stun.StunAttribute;
import im.bastion.relay.stun.StunClass;
import im.bastion.relay.stun.StunMessage;
import im.bastion.relay.stun.StunMethod;
import im.bastion.relay.stun.UnsignedAttribute;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6062: connections to and from peers, each joined to one of the client's own. */
class TcpAllocationTest {
    private static final StunAttribute TCP = FirstByteAttribute.of(AttributeType.REQUESTED_TRANSPORT, 6);
    private static final InetSocketAddress DATA = TurnStage.address("192.0.2.10", 4_700);
    private final TurnStage stage = new TurnStage();
    private MemoryPath control;
    private TurnStage.Client romeo;

    @BeforeEach
    void connect() {
        control = stage.stream(TurnStage.ROMEO);
        romeo = stage.romeo();
    }

    @Test
    void connectsToAPeerAndJoinsItToTheClientsSecondConnection() {
        allocate();
        assertThat(ask(StunMethod.CONNECT, TurnStage.PEER))
                .as("no answer before the peer's")
                .isNull();
        MemoryRelayedTcp.Stream stream = new MemoryRelayedTcp.Stream(TurnStage.PEER);
        tcp().connecting.get(TurnStage.PEER).connected(stream, stage.now());
        Answer connected = new Answer(control.received.remove());
        assertThat(connected.isSuccess()).isTrue();

        MemoryPath data = stage.stream(DATA);
        Answer bound = bind(connected.message.first(AttributeType.CONNECTION_ID));
        assertThat(bound.isSuccess()).isTrue();
        assertThat(data.joined).isSameAs(stream);
        assertThat(bind(connected.message.first(AttributeType.CONNECTION_ID)).error())
                .isEqualTo(400);
    }

    @Test
    void tellsOfAPeerThatConnectsIfItMay() {
        allocate();
        MemoryRelayedTcp.Stream unwanted = new MemoryRelayedTcp.Stream(TurnStage.PEER);
        stage.server.peerConnected(tcp().allocation, unwanted, stage.now());
        assertThat(unwanted.closed).isTrue();
        assertThat(control.received).isEmpty();

        romeo.permit(TurnStage.PEER);
        MemoryRelayedTcp.Stream wanted = new MemoryRelayedTcp.Stream(TurnStage.PEER);
        stage.server.peerConnected(tcp().allocation, wanted, stage.now());
        Answer attempt = new Answer(control.received.remove());
        assertThat(attempt.message.stunClass()).isEqualTo(StunClass.INDICATION);
        assertThat(attempt.message.method()).isEqualTo(StunMethod.CONNECTION_ATTEMPT);
        assertThat(attempt.address(AttributeType.XOR_PEER_ADDRESS)).isEqualTo(TurnStage.PEER);
        MemoryPath data = stage.stream(DATA);
        assertThat(bind(attempt.message.first(AttributeType.CONNECTION_ID)).isSuccess())
                .isTrue();
        assertThat(data.joined).isSameAs(wanted);
    }

    @Test
    void saysWhenThePeerDoesNotAnswerAndLetsItBeTriedAgain() {
        allocate();
        ask(StunMethod.CONNECT, TurnStage.PEER);
        assertThat(ask(StunMethod.CONNECT, TurnStage.PEER).error()).isEqualTo(446);
        tcp().connecting.get(TurnStage.PEER).failed(stage.now());
        assertThat(new Answer(control.received.remove()).error()).isEqualTo(447);
        assertThat(ask(StunMethod.CONNECT, TurnStage.PEER)).isNull();
    }

    @Test
    void aConnectionNobodyBindsEndsAfterThirtySeconds() {
        allocate();
        MemoryRelayedTcp.Stream stream = connected();
        stage.pass(Duration.ofSeconds(PeerStreams.UNBOUND_SECONDS - 1));
        stage.server.expire(stage.now());
        assertThat(stream.closed).isFalse();
        stage.pass(Duration.ofSeconds(1));
        stage.server.expire(stage.now());
        assertThat(stream.closed).isTrue();
    }

    @Test
    void anotherUserCannotBindIt() {
        allocate();
        ask(StunMethod.CONNECT, TurnStage.PEER);
        tcp().connecting.get(TurnStage.PEER).connected(new MemoryRelayedTcp.Stream(TurnStage.PEER), stage.now());
        StunAttribute id = new Answer(control.received.remove()).message.first(AttributeType.CONNECTION_ID);
        stage.stream(DATA);
        TurnStage.Client juliet = stage.client(DATA, "juliet@home.example");
        assertThat(juliet.ask(StunMethod.CONNECTION_BIND, id).error()).isEqualTo(400);
        assertThat(bind(id).isSuccess()).isTrue();
    }

    @Test
    void nothingIsBoundOverUdpOrOverAConnectionWithAnAllocation() {
        allocate();
        StunAttribute id = UnsignedAttribute.of(AttributeType.CONNECTION_ID, 1);
        assertThat(romeo.ask(StunMethod.CONNECTION_BIND, id).error()).isEqualTo(400);
        assertThat(stage.client(TurnStage.JULIET, "romeo@home.example")
                        .ask(StunMethod.CONNECTION_BIND, id)
                        .error())
                .isEqualTo(400);
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "10.0.0.1", "169.254.169.254", "::ffff:192.168.0.1", "0.0.0.0"})
    void deniedPeersAreNotConnectedTo(String peer) {
        allocate();
        assertThat(ask(StunMethod.CONNECT, TurnStage.address(peer, 80)).error()).isEqualTo(403);
        assertThat(tcp().connecting).isEmpty();
    }

    @Test
    void itIsForStreamsAlone() {
        TurnStage.Client overUdp = stage.client(TurnStage.JULIET, "juliet@home.example");
        assertThat(overUdp.ask(StunMethod.ALLOCATE, TCP).error()).isEqualTo(400);
    }

    @Test
    void itHasNoChannelsNoPairsAndDoesNotMove() {
        assertThat(romeo.ask(StunMethod.ALLOCATE, TCP, FirstByteAttribute.of(AttributeType.EVEN_PORT, 0))
                        .error())
                .isEqualTo(400);
        assertThat(romeo.ask(StunMethod.ALLOCATE, TCP, new StunAttribute(AttributeType.MOBILITY_TICKET, new byte[0]))
                        .error())
                .isEqualTo(405);
        allocate();
        StunMessage bind = stage.request(StunMethod.CHANNEL_BIND, ChannelNumberAttribute.of(0x4000));
        assertThat(romeo.ask(TurnStage.with(bind, TurnStage.peer(TurnStage.PEER, bind)))
                        .error())
                .isEqualTo(400);
        romeo.permit(TurnStage.PEER);
        romeo.sendTo(TurnStage.PEER, "lost");
        assertThat(stage.counters.snapshot().get("relay.dropped")).isEqualTo(1);
    }

    @Test
    void anAllocationForUdpConnectsNowhere() {
        romeo.allocate();
        assertThat(ask(StunMethod.CONNECT, TurnStage.PEER).error()).isEqualTo(400);
    }

    @Test
    void endsWithItsClientsConnection() {
        allocate();
        stage.server.pathClosed(control);
        assertThat(tcp().closed).isTrue();
        assertThat(stage.quota.total()).isZero();
    }

    @Test
    void aPeerIsConnectedOnceAtATimeAndNotTooManyAtAll() {
        allocate();
        for (int i = 0; i < PeerStreams.MAX_PER_ALLOCATION; i++) {
            assertThat(ask(StunMethod.CONNECT, TurnStage.address("93.184.216.34", 100 + i)))
                    .isNull();
        }
        assertThat(ask(StunMethod.CONNECT, TurnStage.PEER).error()).isEqualTo(508);
        tcp().allocation.disconnected(TurnStage.address("93.184.216.34", 100));
        assertThat(ask(StunMethod.CONNECT, TurnStage.PEER)).isNull();
    }

    private void allocate() {
        assertThat(romeo.ask(StunMethod.ALLOCATE, TCP).isSuccess()).isTrue();
    }

    private MemoryRelayedTcp tcp() {
        return stage.sockets.tcp.get(0);
    }

    private MemoryRelayedTcp.Stream connected() {
        ask(StunMethod.CONNECT, TurnStage.PEER);
        MemoryRelayedTcp.Stream stream = new MemoryRelayedTcp.Stream(TurnStage.PEER);
        tcp().connecting.get(TurnStage.PEER).connected(stream, stage.now());
        return stream;
    }

    private Answer ask(int method, InetSocketAddress peer) {
        StunMessage request = stage.request(method);
        return romeo.ask(TurnStage.with(request, TurnStage.peer(peer, request)));
    }

    /** Binds with the credential of the control connection. */
    private Answer bind(StunAttribute id) {
        return romeo.movedTo(DATA).ask(StunMethod.CONNECTION_BIND, id);
    }
}
