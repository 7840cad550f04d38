// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.relay.stun.AttributeType;
import im.bastion.relay.stun.ChannelData;
import im.bastion.relay.stun.FirstByteAttribute;
import im.bastion.relay.stun.StunMethod;
import im.bastion.relay.stun.UnsignedAttribute;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Both ends relayed here: what a client can see is the same as over sockets, which are not used. */
class HairpinTest {
    private final TurnStage stage = new TurnStage();
    private final TurnStage.Client romeo = stage.romeo();
    private final TurnStage.Client juliet = stage.client(TurnStage.JULIET, "juliet@home.example");
    private InetSocketAddress romeoRelayed;
    private InetSocketAddress julietRelayed;

    @BeforeEach
    void allocate() {
        romeoRelayed = romeo.allocate();
        julietRelayed = juliet.allocate();
    }

    @Test
    void goesFromChannelToChannelUnderTheOthersNumber() {
        romeo.bind(0x4001, julietRelayed);
        juliet.bind(0x4777, romeoRelayed);
        stage.path(TurnStage.JULIET).received.clear();
        romeo.sendOn(0x4001, "hello");
        ByteBuffer received = stage.path(TurnStage.JULIET).received.remove();
        assertThat(ChannelData.number(received)).isEqualTo(0x4777);
        assertThat(ChannelData.narrow(received)).isTrue();
        assertThat(US_ASCII.decode(received).toString()).isEqualTo("hello");
        assertThat(stage.sockets.sent).isEmpty();
    }

    @Test
    void comesAsAnIndicationFromTheSendersRelayedAddressWhereThereIsNoChannel() {
        romeo.permit(julietRelayed);
        juliet.permit(romeoRelayed);
        stage.path(TurnStage.JULIET).received.clear();
        romeo.sendTo(julietRelayed, "seven b");
        Answer indication = new Answer(stage.path(TurnStage.JULIET).received.remove());
        assertThat(indication.address(AttributeType.XOR_PEER_ADDRESS)).isEqualTo(romeoRelayed);
        assertThat(US_ASCII.decode(indication.message.first(AttributeType.DATA).value())
                        .toString())
                .isEqualTo("seven b");
        assertThat(stage.sockets.sent).isEmpty();
    }

    @Test
    void needsThePermissionOfBoth() {
        romeo.bind(0x4001, julietRelayed);
        stage.path(TurnStage.JULIET).received.clear();
        romeo.sendOn(0x4001, "unwanted");
        assertThat(stage.path(TurnStage.JULIET).received).isEmpty();
        assertThat(stage.sockets.sent).isEmpty();
    }

    @Test
    void countsForBoth() {
        romeo.bind(0x4001, julietRelayed);
        juliet.bind(0x4001, romeoRelayed);
        romeo.sendOn(0x4001, "hello");
        assertThat(stage.counters.snapshot())
                .containsEntry("relay.to-peer-packets", 1L)
                .containsEntry("relay.to-client-packets", 1L);
    }

    @Test
    void anAddressThatNobodyHasAnyMoreIsReachedOverTheNetwork() {
        romeo.bind(0x4001, julietRelayed);
        juliet.ask(StunMethod.REFRESH, UnsignedAttribute.lifetime(0));
        romeo.sendOn(0x4001, "late");
        assertThat(stage.sockets.sent).hasSize(1);
    }

    @Test
    void ofTwoFamiliesEachIsFound() {
        TurnStage.Client both = stage.client(TurnStage.address("192.0.2.50", 5), "nurse@home.example");
        both.allocate(FirstByteAttribute.of(AttributeType.ADDITIONAL_ADDRESS_FAMILY, 2));
        TurnStage.Client six = stage.client(TurnStage.address("192.0.2.51", 5), "peter@home.example");
        InetSocketAddress sixRelayed = six.allocate(FirstByteAttribute.of(AttributeType.REQUESTED_ADDRESS_FAMILY, 2));
        InetSocketAddress bothRelayed = stage.sockets.open.keySet().stream()
                .filter(address -> address.getAddress().getAddress().length == 16 && !address.equals(sixRelayed))
                .findFirst()
                .orElseThrow();
        six.bind(0x4000, bothRelayed);
        both.bind(0x4000, sixRelayed);
        stage.path(both.at).received.clear();
        six.sendOn(0x4000, "over six");
        assertThat(stage.path(both.at).received).hasSize(1);
    }
}
