// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.relay.stun.AddressFamily;
import im.bastion.relay.stun.AttributeType;
import im.bastion.relay.stun.FirstByteAttribute;
import im.bastion.relay.stun.LifetimeAttribute;
import im.bastion.relay.stun.StunAttribute;
import im.bastion.relay.stun.StunMessage;
import im.bastion.relay.stun.StunMethod;
import im.bastion.relay.stun.UnknownAttributesAttribute;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AllocateHandlerTest {
    private static final StunAttribute TOKEN = new StunAttribute(AttributeType.RESERVATION_TOKEN, new byte[8]);
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
        assertThat(romeo.ask(StunMethod.ALLOCATE, TurnStage.UDP, LifetimeAttribute.of(asked))
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
    void wantsATransportAndThatIsUdp() {
        assertThat(romeo.ask(StunMethod.ALLOCATE).error()).isEqualTo(400);
        assertThat(romeo.ask(StunMethod.ALLOCATE, new StunAttribute(AttributeType.REQUESTED_TRANSPORT, new byte[1]))
                        .error())
                .isEqualTo(400);
        assertThat(romeo.ask(StunMethod.ALLOCATE, FirstByteAttribute.of(AttributeType.REQUESTED_TRANSPORT, 6))
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
    void givesAnEvenPortButReservesNoSecondOne() {
        assertThat(romeo.ask(StunMethod.ALLOCATE, TurnStage.UDP, FirstByteAttribute.of(AttributeType.EVEN_PORT, 0x80))
                        .error())
                .isEqualTo(508);
        assertThat(romeo.allocate(FirstByteAttribute.of(AttributeType.EVEN_PORT, 0))
                        .getPort())
                .isEven();
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
        stage.quota.limit(100, 100);
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
