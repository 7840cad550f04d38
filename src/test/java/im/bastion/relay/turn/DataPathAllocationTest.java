// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import im.bastion.relay.stun.AttributeType;
import im.bastion.relay.stun.DataIndication;
import im.bastion.relay.stun.FirstByteAttribute;
import im.bastion.relay.stun.StunAttribute;
import im.bastion.relay.stun.StunClass;
import im.bastion.relay.stun.StunMessage;
import im.bastion.relay.stun.StunMethod;
import im.bastion.relay.stun.TransactionId;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A packet on its way through the server costs no object, or calls would wait for the garbage collector. */
class DataPathAllocationTest {
    private static final int PACKETS = 20_000;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final TurnStage stage = new TurnStage();
    private final TurnStage.Client romeo = stage.romeo();
    private final Moment now = stage.now();
    private final MemoryPath path = stage.path(TurnStage.ROMEO);

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void fromAClientByIndication(int family) {
        InetSocketAddress peer = family == 1 ? TurnStage.PEER : TurnStage.address("2a00::77", 7_000);
        romeo.allocate(FirstByteAttribute.of(AttributeType.REQUESTED_ADDRESS_FAMILY, family));
        romeo.permit(peer);
        StunMessage empty =
                new StunMessage(StunClass.INDICATION, StunMethod.SEND, new TransactionId(7, 7, 7), List.of());
        ByteBuffer send = TurnStage.encode(TurnStage.with(
                        empty, TurnStage.peer(peer, empty), new StunAttribute(AttributeType.DATA, new byte[160])))
                .slice();
        assertCostsNothing(() -> fromClient(send));
    }

    @Test
    void fromAClientByChannel() {
        romeo.allocate();
        romeo.bind(0x4000, TurnStage.PEER);
        ByteBuffer data = ByteBuffer.allocate(164).putShort((short) 0x4000).putShort((short) 160);
        assertCostsNothing(() -> fromClient(data));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void fromAPeer(boolean channel) {
        InetSocketAddress relayed = romeo.allocate();
        romeo.permit(TurnStage.PEER);
        if (channel) {
            romeo.bind(0x4000, TurnStage.PEER);
        }
        Allocation allocation = stage.sockets.open.get(relayed);
        ByteBuffer buffer = ByteBuffer.allocate(300);
        assertCostsNothing(() -> stage.server.fromPeer(
                allocation,
                buffer.limit(DataIndication.MAX_HEADROOM + 160).position(DataIndication.MAX_HEADROOM),
                TurnStage.PEER,
                now));
    }

    /** Also when it is RTP, of one source or of more than are followed. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void mediaFromAPeer(int nextSource) {
        InetSocketAddress relayed = romeo.allocate();
        romeo.permit(TurnStage.PEER);
        Allocation allocation = stage.sockets.open.get(relayed);
        ByteBuffer buffer = ByteBuffer.allocate(300);
        int start = DataIndication.MAX_HEADROOM;
        int[] sent = {0};
        assertCostsNothing(() -> {
            buffer.limit(start + 160).position(start);
            buffer.put(start, (byte) 0x80).put(start + 1, (byte) 111).putShort(start + 2, (short) sent[0]);
            buffer.putInt(start + 4, sent[0] * 960).putInt(start + 8, sent[0] * nextSource);
            sent[0]++;
            stage.server.fromPeer(allocation, buffer, TurnStage.PEER, now);
        });
    }

    private void fromClient(ByteBuffer datagram) {
        datagram.clear();
        stage.server.fromClient(datagram, path, now);
    }

    private void assertCostsNothing(Runnable packet) {
        stage.sockets.keepsNothing = true;
        path.keepsNothing = true;
        run(packet);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        run(packet);
        assertThat(THREADS.getCurrentThreadAllocatedBytes() - before).isLessThan(PACKETS);
        assertThat(stage.counters.snapshot().get("relay.dropped")).isZero();
    }

    private static void run(Runnable packet) {
        for (int i = 0; i < PACKETS; i++) {
            packet.run();
        }
    }
}
