// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.relay.stun.AttributeType;
import im.bastion.relay.stun.FirstByteAttribute;
import im.bastion.relay.stun.StunAttribute;
import im.bastion.relay.stun.StunMethod;
import im.bastion.relay.stun.UnsignedAttribute;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RefreshHandlerTest {
    private static final StunAttribute NO_TICKET = new StunAttribute(AttributeType.MOBILITY_TICKET, new byte[0]);
    private static final InetSocketAddress ELSEWHERE = TurnStage.address("192.0.2.99", 999);
    private final TurnStage stage = new TurnStage();
    private final TurnStage.Client romeo = stage.romeo();

    @Test
    void givesALongerLife() {
        romeo.allocate();
        stage.pass(Duration.ofSeconds(599));
        assertThat(romeo.ask(StunMethod.REFRESH, UnsignedAttribute.lifetime(1_000))
                        .lifetime())
                .isEqualTo(1_000);
        stage.pass(Duration.ofSeconds(999));
        stage.server.expire(stage.now());
        assertThat(stage.quota.total()).isEqualTo(1);
        stage.pass(Duration.ofSeconds(1));
        stage.server.expire(stage.now());
        assertThat(stage.quota.total()).isZero();
        assertThat(stage.sockets.open).isEmpty();
    }

    @Test
    void lifetimeZeroEndsTheAllocation() {
        romeo.allocate();
        assertThat(romeo.ask(StunMethod.REFRESH, UnsignedAttribute.lifetime(0)).lifetime())
                .isZero();
        assertThat(stage.sockets.open).isEmpty();
        assertThat(stage.quota.total()).isZero();
        assertThat(romeo.ask(StunMethod.REFRESH, UnsignedAttribute.lifetime(0)).error())
                .isEqualTo(437);
    }

    @Test
    void refusesWithoutAllocationAndAfterItsLife() {
        assertThat(romeo.ask(StunMethod.REFRESH).error()).isEqualTo(437);
        romeo.allocate();
        stage.pass(Duration.ofMinutes(10));
        romeo.nonce = stage.romeo().nonce;
        assertThat(romeo.ask(StunMethod.REFRESH).error()).isEqualTo(437);
    }

    @Test
    void refusesAnotherUserOnTheSameAddress() {
        romeo.allocate();
        assertThat(stage.client(TurnStage.ROMEO, "juliet@home.example")
                        .ask(StunMethod.REFRESH)
                        .error())
                .isEqualTo(441);
    }

    @Test
    void refusesAnotherFamilyAndABrokenLifetime() {
        romeo.allocate();
        assertThat(romeo.ask(StunMethod.REFRESH, FirstByteAttribute.of(AttributeType.REQUESTED_ADDRESS_FAMILY, 2))
                        .error())
                .isEqualTo(443);
        assertThat(romeo.ask(StunMethod.REFRESH, new StunAttribute(AttributeType.LIFETIME, new byte[2]))
                        .error())
                .isEqualTo(400);
    }

    @Test
    void ofTwoFamiliesOneCanEndAlone() {
        romeo.allocate(FirstByteAttribute.of(AttributeType.ADDITIONAL_ADDRESS_FAMILY, 2));
        StunAttribute ipv6 = FirstByteAttribute.of(AttributeType.REQUESTED_ADDRESS_FAMILY, 2);
        assertThat(romeo.ask(StunMethod.REFRESH, UnsignedAttribute.lifetime(0), ipv6)
                        .lifetime())
                .isZero();
        assertThat(stage.sockets.open.keySet())
                .extracting(InetSocketAddress::getAddress)
                .containsExactly(MemoryRelaySockets.IPV4);
        assertThat(romeo.ask(StunMethod.REFRESH, ipv6).error()).isEqualTo(443);
        assertThat(romeo.ask(StunMethod.REFRESH).isSuccess()).isTrue();
    }

    @Test
    void aTicketTakesTheAllocationToAnotherAddress() {
        Answer allocated = romeo.ask(StunMethod.ALLOCATE, TurnStage.UDP, NO_TICKET);
        InetSocketAddress relayed = allocated.address(AttributeType.XOR_RELAYED_ADDRESS);
        romeo.bind(0x4000, TurnStage.PEER);
        TurnStage.Client moved = romeo.movedTo(ELSEWHERE);
        Answer answer = moved.ask(StunMethod.REFRESH, ticket(allocated));
        assertThat(answer.isSuccess()).isTrue();
        assertThat(ticket(answer)).isNotEqualTo(ticket(allocated));
        assertThat(stage.fromPeer(relayed, TurnStage.PEER, "hello")).isNotNull();
        assertThat(stage.sockets.open.get(relayed).path().address()).isEqualTo(ELSEWHERE);
        moved.sendOn(0x4000, "from there");
        assertThat(stage.sockets.sent).hasSize(1);
        assertThat(romeo.ask(StunMethod.REFRESH).error()).isEqualTo(437);
        assertThat(stage.quota.total()).isEqualTo(1);
    }

    @Test
    void theTicketBeforeIsGoodUntilTheNextMoveForItsAnswerMayBeLost() {
        Answer allocated = romeo.ask(StunMethod.ALLOCATE, TurnStage.UDP, NO_TICKET);
        TurnStage.Client moved = romeo.movedTo(ELSEWHERE);
        Answer lost = moved.ask(StunMethod.REFRESH, ticket(allocated));
        TurnStage.Client third = romeo.movedTo(TurnStage.JULIET);
        assertThat(third.ask(StunMethod.REFRESH, ticket(allocated)).isSuccess()).isTrue();
        assertThat(moved.ask(StunMethod.REFRESH, ticket(allocated)).error()).isEqualTo(437);
        assertThat(moved.ask(StunMethod.REFRESH, ticket(lost)).isSuccess()).isTrue();
    }

    @Test
    void nobodyElseCanUseTheTicket() {
        Answer allocated = romeo.ask(StunMethod.ALLOCATE, TurnStage.UDP, NO_TICKET);
        TurnStage.Client thief = stage.client(ELSEWHERE, "juliet@home.example");
        assertThat(thief.ask(StunMethod.REFRESH, ticket(allocated)).error()).isEqualTo(441);
        assertThat(romeo.ask(StunMethod.REFRESH).isSuccess()).isTrue();
    }

    @Test
    void withoutAskingThereIsNoTicket() {
        assertThat(ticket(romeo.ask(StunMethod.ALLOCATE, TurnStage.UDP))).isNull();
    }

    @Test
    void anAllocationWithATicketOutlivesItsClientsConnection() {
        stage.stream(TurnStage.JULIET);
        TurnStage.Client juliet = stage.client(TurnStage.JULIET, "juliet@home.example");
        Answer allocated = juliet.ask(StunMethod.ALLOCATE, TurnStage.UDP, NO_TICKET);
        stage.stream(ELSEWHERE);
        TurnStage.Client other = stage.client(ELSEWHERE, "other@home.example");
        other.allocate();
        stage.server.pathClosed(stage.path(TurnStage.JULIET));
        stage.server.pathClosed(stage.path(ELSEWHERE));
        assertThat(stage.quota.total()).isEqualTo(1);
        assertThat(juliet.movedTo(TurnStage.ROMEO)
                        .ask(StunMethod.REFRESH, ticket(allocated))
                        .isSuccess())
                .isTrue();
    }

    private static StunAttribute ticket(Answer answer) {
        return answer.message.first(AttributeType.MOBILITY_TICKET);
    }
}
