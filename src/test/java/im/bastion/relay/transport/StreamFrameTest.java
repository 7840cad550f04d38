// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamFrameTest {
    @ParameterizedTest
    @CsvSource({
        "00010000, 20, a STUN header alone",
        "00010008, 28, STUN with attributes",
        "0001fffc, 65552, the longest STUN message",
        "00010007, -1, STUN is a multiple of four long",
        "40000000, 4, ChannelData without data",
        "40000005, 12, ChannelData is padded",
        "7ffeffff, 65540, the longest ChannelData",
        "80000000, -1, neither",
        "0001, 0, not enough to tell"
    })
    void tellsHowLongAMessageIs(String bytes, int length, String what) {
        ByteBuffer stream = ByteBuffer.wrap(HexFormat.of().parseHex(bytes));
        assertThat(StreamFrame.length(stream)).as(what).isEqualTo(length);
    }
}
