// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.stun;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;

/** Any datagram: the in-place readers throw nothing and never point outside it. */
class RelayedDataFuzzTest {
    private final SendIndication send = new SendIndication(false);

    @FuzzTest(maxDuration = "60s")
    void readersStayInsideTheDatagram(byte[] bytes) {
        ByteBuffer datagram = ByteBuffer.wrap(bytes);
        if (ChannelData.isChannelData(datagram)) {
            int number = ChannelData.number(datagram);
            if (ChannelData.narrow(datagram)) {
                ChannelData.wrap(datagram, number);
            }
        }
        datagram.clear();
        if (StunMessageDecoder.isStun(datagram) && send.read(datagram)) {
            send.peer();
            send.peerHigh();
            send.peerLow();
            send.narrow();
        }
    }
}
