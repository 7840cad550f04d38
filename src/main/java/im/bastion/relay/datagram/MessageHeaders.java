// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.datagram;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * An array of {@code struct mmsghdr} with the names, the control messages and the {@code struct iovec} that its entries point
 * to: what {@code recvmmsg} and {@code sendmmsg} work on.
 */
final class MessageHeaders {
    private static final int HEADER_BYTES = 64;
    private static final int NAME_BYTES = 32;
    private static final int CONTROL_BYTES = 32;
    private static final int VECTOR_BYTES = 16;

    /** Where the fields of a {@code msghdr} are, and the length behind it. */
    private static final int NAME = 0;

    private static final int NAME_LENGTH = 8;
    private static final int VECTORS = 16;
    private static final int VECTOR_COUNT = 24;
    private static final int CONTROL = 32;
    private static final int CONTROL_LENGTH = 40;
    private static final int FLAGS = 48;
    private static final int LENGTH = 56;

    /** {@code CMSG_LEN(0)}: the length, the level and the type. */
    private static final int CONTROL_HEADER_BYTES = 16;

    private final ByteBuffer memory;
    private final ByteBuffer network;
    private final long address;
    private final int namesAt;
    private final int controlsAt;
    private final int vectorsAt;

    /** @param vectors how many vectors all entries have together */
    MessageHeaders(int entries, int vectors) {
        namesAt = entries * HEADER_BYTES;
        controlsAt = namesAt + entries * NAME_BYTES;
        vectorsAt = controlsAt + entries * CONTROL_BYTES;
        memory = ByteBuffer.allocateDirect(vectorsAt + vectors * VECTOR_BYTES).order(ByteOrder.nativeOrder());
        network = memory.duplicate().order(ByteOrder.BIG_ENDIAN);
        address = Libc.addressOf(memory);
        for (int i = 0; i < entries; i++) {
            int at = i * HEADER_BYTES;
            memory.putLong(at + NAME, address + namesAt + (long) i * NAME_BYTES);
            memory.putLong(at + CONTROL, address + controlsAt + (long) i * CONTROL_BYTES);
        }
    }

    /** Where the entry is, for the system. */
    long entry(int index) {
        return address + (long) index * HEADER_BYTES;
    }

    /** Puts a piece of data into a vector. */
    void vector(int index, long data, int length) {
        int at = vectorsAt + index * VECTOR_BYTES;
        memory.putLong(at, data).putLong(at + 8, length);
    }

    /** Gives the entry vectors. */
    void vectors(int entry, int first, int count) {
        int at = entry * HEADER_BYTES;
        memory.putLong(at + VECTORS, address + vectorsAt + (long) first * VECTOR_BYTES);
        memory.putLong(at + VECTOR_COUNT, count);
    }

    /** Makes the entry ready to be received into. */
    void expect(int entry) {
        int at = entry * HEADER_BYTES;
        memory.putInt(at + NAME_LENGTH, NAME_BYTES).putLong(at + CONTROL_LENGTH, CONTROL_BYTES);
    }

    /** Makes the entry one to be sent there; with a size to cut it into, unless that is 0. */
    void address(int entry, InetSocketAddress to, boolean ipv4, SocketNames names, int segmentBytes) {
        int at = entry * HEADER_BYTES;
        memory.putInt(at + NAME_LENGTH, names.write(to, ipv4, network, namesAt + entry * NAME_BYTES));
        memory.putInt(at + FLAGS, 0);
        if (segmentBytes == 0) {
            memory.putLong(at + CONTROL_LENGTH, 0);
            return;
        }
        int control = controlsAt + entry * CONTROL_BYTES;
        memory.putLong(control, CONTROL_HEADER_BYTES + Short.BYTES)
                .putInt(control + 8, Libc.SOL_UDP)
                .putInt(control + 12, Libc.UDP_SEGMENT)
                .putShort(control + CONTROL_HEADER_BYTES, (short) segmentBytes);
        memory.putLong(at + CONTROL_LENGTH, CONTROL_HEADER_BYTES + Long.BYTES);
    }

    /** How many bytes were received into the entry. */
    int length(int entry) {
        return memory.getInt(entry * HEADER_BYTES + LENGTH);
    }

    /** Who sent what was received. */
    InetSocketAddress sender(int entry, SocketNames names) {
        return names.read(network, namesAt + entry * NAME_BYTES);
    }

    /** The size of the datagrams that were received as one, or the length when it was one alone. */
    int segmentBytes(int entry) {
        int control = controlsAt + entry * CONTROL_BYTES;
        boolean isTold = memory.getLong(entry * HEADER_BYTES + CONTROL_LENGTH) >= CONTROL_HEADER_BYTES + Integer.BYTES
                && memory.getInt(control + 8) == Libc.SOL_UDP
                && memory.getInt(control + 12) == Libc.UDP_GRO;
        int size = isTold ? memory.getInt(control + CONTROL_HEADER_BYTES) : 0;
        return size <= 0 ? length(entry) : size;
    }
}
