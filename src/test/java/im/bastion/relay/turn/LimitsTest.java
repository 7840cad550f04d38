// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.relay.stun.AttributeType;
import im.bastion.relay.stun.StunAttribute;
import im.bastion.relay.stun.StunMethod;
import java.net.InetSocketAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a client costs before and after it has proven who it is. */
class LimitsTest {
    private static final StunAttribute PADDING = new StunAttribute(AttributeType.SOFTWARE, new byte[300]);
    private final TurnStage stage =
            new TurnStage(new MemoryRelaySockets(), new TurnLimits(10, 2, 100, 10_000, 25_000, 5));

    @Test
    void beyondASmallAllowanceNoAnswerToAStrangerIsLongerThanItsQuestion() {
        int answered = 0;
        for (int i = 0; i < 100; i++) {
            answered += stage.send(stage.request(StunMethod.BINDING), TurnStage.ROMEO) == null ? 0 : 1;
            answered += stage.send(stage.request(StunMethod.ALLOCATE), TurnStage.ROMEO) == null ? 0 : 1;
        }
        assertThat(answered).isEqualTo(10);
        assertThat(stage.counters.snapshot().get("relay.unanswered")).isEqualTo(190);
        for (int method : new int[] {StunMethod.BINDING, StunMethod.ALLOCATE}) {
            assertThat(stage.send(stage.request(method, PADDING), TurnStage.ROMEO))
                    .as("shorter than it")
                    .isNotNull();
        }
        assertThat(stage.send(stage.request(StunMethod.BINDING), TurnStage.JULIET))
                .as("another source")
                .isNotNull();
        stage.pass(Duration.ofSeconds(1));
        assertThat(stage.send(stage.request(StunMethod.BINDING), TurnStage.ROMEO))
                .as("later")
                .isNotNull();
    }

    @Test
    void aConnectionProvesItsAddressSoItIsAlwaysAnswered() {
        stage.stream(TurnStage.ROMEO);
        for (int i = 0; i < 100; i++) {
            assertThat(stage.send(stage.request(StunMethod.BINDING), TurnStage.ROMEO))
                    .isNotNull();
        }
    }

    @Test
    void whoGuessesPasswordsIsNotListenedToForAWhileAndNobodyElseSuffers() {
        TurnStage.Client romeo = stage.romeo();
        TurnStage.Client juliet = stage.client(TurnStage.JULIET, "juliet@home.example");
        stage.stream(TurnStage.ROMEO);
        String right = romeo.password;
        romeo.password = "guess";
        int answered = 0;
        for (int i = 0; i < 100; i++) {
            answered += romeo.ask(StunMethod.ALLOCATE, TurnStage.UDP) == null ? 0 : 1;
        }
        assertThat(answered).isEqualTo(20);
        romeo.password = right;
        assertThat(romeo.ask(StunMethod.ALLOCATE, TurnStage.UDP)).isNull();
        assertThat(juliet.ask(StunMethod.ALLOCATE, TurnStage.UDP).isSuccess()).isTrue();
        stage.pass(Duration.ofSeconds(5));
        assertThat(romeo.ask(StunMethod.ALLOCATE, TurnStage.UDP).isSuccess()).isTrue();
    }

    @Test
    void anAddressHasSoManyAllocationsForAllItsUsers() {
        allocated("192.0.2.10", 1, "romeo");
        allocated("192.0.2.10", 2, "juliet");
        TurnStage.Client third = stage.client(TurnStage.address("192.0.2.10", 3), "nurse");
        assertThat(third.ask(StunMethod.ALLOCATE, TurnStage.UDP).error()).isEqualTo(486);
        allocated("192.0.2.11", 3, "nurse");
    }

    @Test
    void aUserMaySendSoMuchOverAllAllocations() {
        TurnStage.Client first = allocated("192.0.2.10", 1, "romeo");
        TurnStage.Client second = allocated("192.0.2.11", 2, "romeo");
        TurnStage.Client other = allocated("192.0.2.12", 3, "juliet");
        assertThat(sent(first, 6) + sent(second, 6)).as("one second's worth").isEqualTo(10);
        assertThat(sent(other, 6)).isEqualTo(6);
        stage.pass(Duration.ofMillis(500));
        assertThat(sent(first, 20)).isEqualTo(5);
        assertThat(stage.counters.snapshot().get("relay.too-much")).isEqualTo(17);
    }

    @Test
    void allTogetherMaySendSoMuch() {
        int sent = 0;
        for (int i = 0; i < 4; i++) {
            sent += sent(allocated("192.0.2.1" + i, i + 1, "user" + i), 10);
        }
        assertThat(sent).isEqualTo(25);
    }

    @Test
    void whatPeersSendCountsToo() {
        TurnStage.Client romeo = stage.romeo();
        InetSocketAddress relayed = romeo.allocate();
        romeo.permit(TurnStage.PEER);
        String kilobyte = "x".repeat(900);
        int received = 0;
        for (int i = 0; i < 20; i++) {
            received += stage.fromPeer(relayed, TurnStage.PEER, kilobyte) == null ? 0 : 1;
        }
        assertThat(received).isEqualTo(11);
    }

    @Test
    void limitsChangeWhileTheRelayRuns() {
        TurnStage.Client romeo = allocated("192.0.2.10", 1, "romeo");
        assertThat(sent(romeo, 20)).isEqualTo(10);
        stage.quota.limit(new TurnLimits(10, 2, 100, 0, 0, 5));
        stage.server.expire(stage.now());
        assertThat(sent(romeo, 20)).isEqualTo(20);
    }

    @Test
    void nothingIsSentToTheAllocationsOwnAddress() {
        TurnStage.Client romeo = stage.romeo();
        InetSocketAddress relayed = romeo.allocate();
        assertThat(romeo.bind(0x4000, relayed).error()).isEqualTo(403);
        romeo.permit(relayed);
        romeo.sendTo(relayed, "loop");
        assertThat(stage.sockets.sent).isEmpty();
        assertThat(romeo.bind(0x4000, new InetSocketAddress(relayed.getAddress(), 3_478))
                        .error())
                .as("nor to the port clients use")
                .isEqualTo(403);
    }

    private TurnStage.Client allocated(String ip, int port, String user) {
        TurnStage.Client client = stage.client(TurnStage.address(ip, port), user);
        client.allocate();
        client.bind(0x4000, TurnStage.PEER);
        return client;
    }

    /** Of so many packets of a thousand bytes, how many come through. */
    private int sent(TurnStage.Client client, int packets) {
        stage.sockets.sent.clear();
        for (int i = 0; i < packets; i++) {
            client.sendOn(0x4000, "x".repeat(1_000));
        }
        return stage.sockets.sent.size();
    }
}
