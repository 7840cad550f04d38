// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.zip.CRC32;

/** One record in the spool: a mark (4 bytes), the payload's length (4), its CRC-32 (4), the payload. Big-endian. */
final class SpoolFrame {
    private static final int MARK = 0xBA57_A0D1;
    private static final int HEADER_BYTES = 3 * Integer.BYTES;

    /** The longest frame. */
    static final int MAX_BYTES = HEADER_BYTES + EntryCodec.MAX_BYTES;

    private SpoolFrame() {}

    static ByteBuffer encode(List<byte[]> payloads) {
        ByteBuffer frames = ByteBuffer.allocate(
                payloads.stream().mapToInt(p -> HEADER_BYTES + p.length).sum());
        payloads.forEach(payload ->
                frames.putInt(MARK).putInt(payload.length).putInt(crc(payload)).put(payload));
        return frames.flip();
    }

    /** The payload of the whole and undamaged frame that begins at the position, which moves behind it; or null. */
    static byte[] decode(ByteBuffer bytes) {
        int start = bytes.position();
        if (bytes.remaining() < HEADER_BYTES || bytes.getInt(start) != MARK) {
            return null;
        }
        int length = bytes.getInt(start + Integer.BYTES);
        if (length < 0 || length > EntryCodec.MAX_BYTES || length > bytes.remaining() - HEADER_BYTES) {
            return null;
        }
        byte[] payload = new byte[length];
        bytes.get(start + HEADER_BYTES, payload);
        if (crc(payload) != bytes.getInt(start + 2 * Integer.BYTES)) {
            return null;
        }
        bytes.position(start + HEADER_BYTES + length);
        return payload;
    }

    private static int crc(byte[] payload) {
        CRC32 crc = new CRC32();
        crc.update(payload);
        return (int) crc.getValue();
    }
}
