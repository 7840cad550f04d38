// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.transport;

import im.bastion.relay.stun.ChannelData;
import im.bastion.relay.stun.StunMessage;
import java.nio.ByteBuffer;

/** Where messages end in a stream: STUN says its length, ChannelData too and is padded to four bytes (RFC 8656 §12.5). */
public final class StreamFrame {
    /** The answer when the begin of the next message has not come yet. */
    public static final int UNKNOWN = 0;
    /** The answer when what comes is no message. */
    public static final int NONE = -1;

    private StreamFrame() {}

    /** How many bytes the message has that begins at the buffer's position, padding included; they may not all be there. */
    public static int length(ByteBuffer stream) {
        if (stream.remaining() < ChannelData.HEADER_BYTES) {
            return UNKNOWN;
        }
        int at = stream.position();
        int length = stream.getShort(at + 2) & 0xFFFF;
        return switch (stream.get(at) & 0xC0) {
            case 0x00 -> (length & 3) == 0 ? StunMessage.HEADER_BYTES + length : NONE;
            case 0x40 -> ChannelData.HEADER_BYTES + (length + 3 & ~3);
            default -> NONE;
        };
    }
}
