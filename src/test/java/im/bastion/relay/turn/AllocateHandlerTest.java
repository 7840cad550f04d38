// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.relay.stun.AddressFamily;
import im.bastion.relay.stun.AttributeType;
import im.bastion.relay.stun.FirstByteAttribute;
import im.bastion.relay.stun.StunAttribute;
import im.bastion.relay.stun.StunMessage;
import im.bastion.relay.stun.StunMethod;
import im.bastion.relay.stun.UnknownAttributesAttribute;
import im.bastion.relay.stun.UnsignedAttribute;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllocateHandlerTest {
    private static final StunAttribute TOKEN = new StunAttribute(AttributeType.RESERVATION_TOKEN, new byte[8]);
    private static final StunAttribute EVEN_AND_NEXT = FirstByteAttribute.of(AttributeType.EVEN_PORT, 0x80);
    private static final StunAttribute BOTH = FirstByteAttribute.of(AttributeType.ADDITIONAL_ADDRESS_FAMILY, 2);
    private static final StunAttribute DONT_FRAGMENT = new StunAttribute(AttributeType.DONT_FRAGMENT, new byte[0]);
    private final TurnStage stage = new TurnStage();
    private final TurnStage.Client romeo = stage.romeo();

    @Test
    void givesARelayedAddressAndTellsTheClientItsOwn() {
        Answer answer = romeo.ask(StunMethod.ALLOCATE, TurnStage.UDP);
        InetSocketAddress relayed = answer.address(AttributeType.XOR_RELAYED_ADDRESS);
        assertThat(relayed.getAddress()).isEqualTo(MemoryRelaySockets.IPV4);
        assertThat(relayed.getPort()).isBetween(MemoryRelaySockets.MIN_PORT, MemoryRelaySockets.MAX_PORT);
        assertThat(answer.address(AttributeType.XOR_MAPPED_ADDRESS)).isEqualTo(TurnStage.ROMEO);
        assertThat(answer.lifetime()).isEqualTo(600);
    }

    @Test
    void givesAnIpv6AddressToWhoAsksForOne() {
        assertThat(romeo.allocate(family(AddressFamily.IPV6.number())).getAddress())
                .isEqualTo(MemoryRelaySockets.IPV6);
    }

    @ParameterizedTest
    @CsvSource({"0, 600", "1, 600", "600, 600", "1200, 1200", "3600, 3600", "3601, 3600", "4294967295, 3600"})
    void grantsALifeBetweenTheDefaultAndAnHour(long asked, long granted) {
        assertThat(romeo.ask(StunMethod.ALLOCATE, TurnStage.UDP, UnsignedAttribute.lifetime(asked))
                        .lifetime())
                .isEqualTo(granted);
    }

    @Test
    void repeatsItsAnswerToARepeatedRequestAndRefusesASecondOne() {
        StunMessage request = stage.request(StunMethod.ALLOCATE, TurnStage.UDP);
        Answer first = romeo.ask(request);
        stage.pass(Duration.ofSeconds(10));
        Answer again = romeo.ask(request);
        assertThat(again.address(AttributeType.XOR_RELAYED_ADDRESS))
                .isEqualTo(first.address(AttributeType.XOR_RELAYED_ADDRESS));
        assertThat(again.lifetime()).isEqualTo(590);
        assertThat(romeo.ask(StunMethod.ALLOCATE, TurnStage.UDP).error()).isEqualTo(437);
        assertThat(stage.quota.total()).isEqualTo(1);
    }

    @Test
    void anotherUserAtTheSameAddressGets437() {
        romeo.allocate();
        TurnStage.Client other = stage.client(TurnStage.ROMEO, "juliet@home.example");
        assertThat(other.ask(StunMethod.ALLOCATE, TurnStage.UDP).error()).isEqualTo(437);
    }

    @Test
    void wantsATransportThatItKnows() {
        assertThat(romeo.ask(StunMethod.ALLOCATE).error()).isEqualTo(400);
        assertThat(romeo.ask(StunMethod.ALLOCATE, new StunAttribute(AttributeType.REQUESTED_TRANSPORT, new byte[1]))
                        .error())
                .isEqualTo(400);
        assertThat(romeo.ask(StunMethod.ALLOCATE, FirstByteAttribute.of(AttributeType.REQUESTED_TRANSPORT, 132))
                        .error())
                .isEqualTo(442);
    }

    @Test
    void refusesAFamilyItDoesNotHave() {
        assertThat(romeo.ask(StunMethod.ALLOCATE, TurnStage.UDP, family(7)).error())
                .isEqualTo(440);
        stage.sockets.doNotSupport(AddressFamily.IPV6);
        assertThat(romeo.ask(StunMethod.ALLOCATE, TurnStage.UDP, family(2)).error())
                .isEqualTo(440);
    }

    @Test
    void givesAnEvenPortAndKeepsNoSecondOneUnasked() {
        assertThat(romeo.allocate(FirstByteAttribute.of(AttributeType.EVEN_PORT, 0))
                        .getPort())
                .isEven();
        assertThat(stage.sockets.open).hasSize(1);
    }

    @Test
    void reservesTheNextPortForOneUseByTheSameUser() {
        Answer first = romeo.ask(StunMethod.ALLOCATE, TurnStage.UDP, EVEN_AND_NEXT);
        StunAttribute token = first.message.first(AttributeType.RESERVATION_TOKEN);
        int port = first.address(AttributeType.XOR_RELAYED_ADDRESS).getPort();
        assertThat(port).isEven();
        TurnStage.Client stranger = stage.client(TurnStage.JULIET, "juliet@home.example");
        assertThat(stranger.ask(StunMethod.ALLOCATE, TurnStage.UDP, token).error())
                .isEqualTo(508);
        TurnStage.Client again = stage.client(TurnStage.address("192.0.2.10", 4_001), "romeo@home.example");
        assertThat(again.ask(StunMethod.ALLOCATE, TurnStage.UDP, token)
                        .address(AttributeType.XOR_RELAYED_ADDRESS)
                        .getPort())
                .isEqualTo(port + 1);
        TurnStage.Client third = stage.client(TurnStage.address("192.0.2.10", 4_002), "romeo@home.example");
        assertThat(third.ask(StunMethod.ALLOCATE, TurnStage.UDP, token).error()).isEqualTo(508);
    }

    @Test
    void aReservationNobodyFetchesEndsAfterThirtySeconds() {
        Answer first = romeo.ask(StunMethod.ALLOCATE, TurnStage.UDP, EVEN_AND_NEXT);
        int port = first.address(AttributeType.XOR_RELAYED_ADDRESS).getPort();
        stage.pass(Duration.ofSeconds(Reservations.LIFE_SECONDS - 1));
        stage.server.expire(stage.now());
        assertThat(stage.sockets.closed).isEmpty();
        stage.pass(Duration.ofSeconds(1));
        TurnStage.Client late = stage.client(TurnStage.JULIET, "romeo@home.example");
        assertThat(late.ask(StunMethod.ALLOCATE, TurnStage.UDP, first.message.first(AttributeType.RESERVATION_TOKEN))
                        .error())
                .isEqualTo(508);
        stage.server.expire(stage.now());
        assertThat(stage.sockets.closed).containsExactly(new InetSocketAddress(MemoryRelaySockets.IPV4, port + 1));
    }

    @Test
    void givesBothFamiliesToWhoAsksForBoth() {
        Answer answer = romeo.ask(StunMethod.ALLOCATE, TurnStage.UDP, BOTH);
        assertThat(answer.message.attributes().stream()
                        .filter(each -> each.type() == AttributeType.XOR_RELAYED_ADDRESS))
                .hasSize(2);
        assertThat(stage.sockets.open.keySet())
                .extracting(InetSocketAddress::getAddress)
                .containsExactlyInAnyOrder(MemoryRelaySockets.IPV4, MemoryRelaySockets.IPV6);
        assertThat(stage.quota.total()).isEqualTo(1);
        romeo.bind(0x4000, TurnStage.PEER);
        romeo.bind(0x4001, TurnStage.address("2a00::77", 7));
        romeo.sendOn(0x4000, "four");
        romeo.sendOn(0x4001, "six");
        assertThat(stage.sockets.sent)
                .extracting(sent -> sent.from().getAddress())
                .containsExactly(MemoryRelaySockets.IPV4, MemoryRelaySockets.IPV6);
    }

    @Test
    void ofTwoFamiliesOneMayFailAndItSaysWhich() throws Exception {
        stage.sockets.doNotSupport(AddressFamily.IPV6);
        Answer answer = romeo.ask(StunMethod.ALLOCATE, TurnStage.UDP, BOTH);
        assertThat(answer.address(AttributeType.XOR_RELAYED_ADDRESS).getAddress())
                .isEqualTo(MemoryRelaySockets.IPV4);
        ByteBuffer error =
                answer.message.first(AttributeType.ADDRESS_ERROR_CODE).value();
        assertThat(error.get(0)).isEqualTo((byte) 2);
        assertThat(error.get(2) * 100 + error.get(3)).isEqualTo(440);
    }

    @Test
    void callsContradictionsBad() {
        StunAttribute v4 = FirstByteAttribute.of(AttributeType.ADDITIONAL_ADDRESS_FAMILY, 1);
        for (List<StunAttribute> bad :
                List.of(List.of(v4), List.of(BOTH, family(1)), List.of(BOTH, EVEN_AND_NEXT), List.of(BOTH, TOKEN))) {
            StunMessage request = TurnStage.with(
                    stage.request(StunMethod.ALLOCATE, TurnStage.UDP), bad.toArray(StunAttribute[]::new));
            assertThat(romeo.ask(request).error()).as(bad.toString()).isEqualTo(400);
        }
    }

    @Test
    void knowsNoReservation() {
        assertThat(romeo.ask(StunMethod.ALLOCATE, TurnStage.UDP, TOKEN).error()).isEqualTo(508);
        assertThat(romeo.ask(StunMethod.ALLOCATE, TurnStage.UDP, TOKEN, family(1))
                        .error())
                .isEqualTo(400);
        assertThat(romeo.ask(
                                StunMethod.ALLOCATE,
                                TurnStage.UDP,
                                TOKEN,
                                FirstByteAttribute.of(AttributeType.EVEN_PORT, 0))
                        .error())
                .isEqualTo(400);
    }

    @Test
    void forbidsFragmentsWhereTheSystemCan() {
        stage.sockets.canForbidFragments = true;
        TurnStage able = new TurnStage(stage.sockets);
        TurnStage.Client juliet = able.client(TurnStage.JULIET, "juliet");
        juliet.allocate(DONT_FRAGMENT);
        juliet.permit(TurnStage.PEER);
        juliet.sendTo(TurnStage.PEER, "whole", DONT_FRAGMENT);
        assertThat(stage.sockets.sent).hasSize(1);
        assertThat(stage.sockets.unfragmented).isEqualTo(1);
    }

    @Test
    void dropsDataThatMustNotBeFragmentedWhereTheSystemCannot() {
        romeo.allocate();
        romeo.permit(TurnStage.PEER);
        romeo.sendTo(TurnStage.PEER, "whole", DONT_FRAGMENT);
        assertThat(stage.sockets.sent).isEmpty();
    }

    @Test
    void doesNotUnderstandDontFragmentAndSaysSo() {
        Answer answer = romeo.ask(
                StunMethod.ALLOCATE, TurnStage.UDP, new StunAttribute(AttributeType.DONT_FRAGMENT, new byte[0]));
        assertThat(answer.error()).isEqualTo(420);
        assertThat(UnknownAttributesAttribute.read(answer.message.first(AttributeType.UNKNOWN_ATTRIBUTES)))
                .containsExactly(AttributeType.DONT_FRAGMENT);
    }

    @Test
    void aUserHasSoManyAllocationsUnderAllHisCredentials() {
        for (int i = 0; i < 3; i++) {
            stage.client(TurnStage.address("192.0.2.10", 4_100 + i), "romeo@home.example")
                    .allocate();
            stage.pass(Duration.ofSeconds(1));
        }
        TurnStage.Client fourth = stage.romeo();
        assertThat(fourth.ask(StunMethod.ALLOCATE, TurnStage.UDP).error()).isEqualTo(486);
        stage.pass(Duration.ofSeconds(601));
        stage.server.expire(stage.now());
        assertThat(stage.romeo().ask(StunMethod.ALLOCATE, TurnStage.UDP).isSuccess())
                .isTrue();
    }

    @Test
    void allTogetherHaveSoManyToo() {
        for (int i = 0; i < 6; i++) {
            stage.client(TurnStage.address("192.0.2.10", 4_100 + i), "user" + i).allocate();
        }
        assertThat(romeo.ask(StunMethod.ALLOCATE, TurnStage.UDP).error()).isEqualTo(486);
    }

    @Test
    void saysWhenNoPortIsLeftAndKeepsNoPlaceForIt() {
        stage.limit(100, 100);
        for (int i = 0; i < 10; i++) {
            stage.client(TurnStage.address("192.0.2.10", 4_100 + i), "user" + i).allocate();
        }
        assertThat(romeo.ask(StunMethod.ALLOCATE, TurnStage.UDP).error()).isEqualTo(508);
        assertThat(stage.quota.total()).isEqualTo(10);
    }

    private static StunAttribute family(int number) {
        return FirstByteAttribute.of(AttributeType.REQUESTED_ADDRESS_FAMILY, number);
    }
}
