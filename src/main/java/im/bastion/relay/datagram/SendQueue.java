// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.datagram;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Datagrams that wait to be sent, in the order of each socket, with as few calls as that takes: datagrams of one size to one
 * receiver go as one that the system cuts up, the others as many in one call. What the system does not take is lost, as
 * datagrams may be.
 */
final class SendQueue {
    private static final int CAPACITY = 1_024;
    private static final int NONE = -1;
    private static final int MAX_MESSAGES = 64;
    private static final int MAX_VECTORS = 512;
    /** What the system cuts up at most. */
    private static final int MAX_SEGMENTS = 64;

    private static final int MAX_CUT_BYTES = 65_000;
    private static final int HEADER_BYTES = 4;

    private final MessageHeaders headers = new MessageHeaders(MAX_MESSAGES, MAX_VECTORS);
    private final SocketNames names = new SocketNames();
    private final ByteBuffer channelHeaders =
            ByteBuffer.allocateDirect(CAPACITY * HEADER_BYTES).order(ByteOrder.BIG_ENDIAN);
    private final long channelHeadersAt = Libc.addressOf(channelHeaders);

    private final long[] data = new long[CAPACITY];
    private final int[] lengths = new int[CAPACITY];
    private final boolean[] onChannel = new boolean[CAPACITY];
    private final InetSocketAddress[] receivers = new InetSocketAddress[CAPACITY];
    private final int[] next = new int[CAPACITY];
    private int size;

    /** Of the entries that are being sent: the first datagram of each. */
    private final int[] first = new int[MAX_MESSAGES + 1];

    private final Line[] waiting = new Line[CAPACITY];
    private int lines;

    /** What waits at one socket. */
    static final class Line {
        private final int descriptor;
        private final boolean ipv4;
        private boolean cuts = true;
        private int head = NONE;
        private int tail = NONE;

        /** @param ipv4 whether the socket knows IPv4 alone */
        Line(int descriptor, boolean ipv4) {
            this.descriptor = descriptor;
            this.ipv4 = ipv4;
        }
    }

    /** Whether nothing more can wait. */
    boolean isFull() {
        return size == CAPACITY;
    }

    /** Lets it wait; the bytes must stay where they are until {@link #send}. */
    void add(Line line, long address, int length, InetSocketAddress to) {
        int entry = size++;
        data[entry] = address;
        lengths[entry] = length;
        onChannel[entry] = false;
        receivers[entry] = to;
        next[entry] = NONE;
        if (line.head == NONE) {
            line.head = entry;
            waiting[lines++] = line;
        } else {
            next[line.tail] = entry;
        }
        line.tail = entry;
    }

    /** The same with the header of a channel before it, which need not lie there. */
    void addOnChannel(Line line, int number, long address, int length, InetSocketAddress to) {
        channelHeaders.putShort(size * HEADER_BYTES, (short) number).putShort(size * HEADER_BYTES + 2, (short) length);
        add(line, address, length, to);
        onChannel[size - 1] = true;
    }

    /** Sends all. */
    void send() {
        for (int i = 0; i < lines; i++) {
            Line line = waiting[i];
            waiting[i] = null;
            for (int entry = line.head; entry != NONE; ) {
                entry = sendFrom(line, entry);
            }
            line.head = NONE;
        }
        for (int i = 0; i < size; i++) {
            receivers[i] = null;
        }
        lines = 0;
        size = 0;
    }

    /** Sends what one call takes, from that datagram on; the first that has not been tried then, or none. */
    private int sendFrom(Line line, int from) {
        int messages = 0;
        int vectors = 0;
        int entry = from;
        while (entry != NONE && messages < MAX_MESSAGES && vectors + 2 * MAX_SEGMENTS <= MAX_VECTORS) {
            first[messages] = entry;
            int begin = vectors;
            int bytes = length(entry);
            int count = 0;
            int all = 0;
            boolean more = true;
            while (more) {
                vectors = vectors(vectors, entry);
                int last = length(entry);
                count++;
                all += last;
                entry = next[entry];
                more = entry != NONE
                        && line.cuts
                        && last == bytes
                        && bytes > 0
                        && count < MAX_SEGMENTS
                        && length(entry) <= bytes
                        && all + length(entry) <= MAX_CUT_BYTES
                        && receivers[entry].equals(receivers[first[messages]]);
            }
            headers.vectors(messages, begin, vectors - begin);
            headers.address(messages, receivers[first[messages]], line.ipv4, names, count > 1 ? bytes : 0);
            messages++;
        }
        first[messages] = entry;
        return call(line, messages);
    }

    /** Calls the system as often as it takes to try all; the first datagram that has not been tried then, or none. */
    private int call(Line line, int messages) {
        int done = 0;
        while (done < messages) {
            int sent = Libc.sendmmsg(line.descriptor, headers.entry(done), messages - done, Libc.MSG_DONTWAIT);
            if (sent > 0) {
                done += sent;
                continue;
            }
            int error = Libc.error();
            if (error == Libc.EAGAIN || error == Libc.ENOBUFS) {
                return first[messages];
            }
            if (error != Libc.EINTR) {
                if (next[first[done]] != first[done + 1] && line.cuts) {
                    // The system, or the way there, does not cut: never again with this socket, and these one by one.
                    line.cuts = false;
                    return first[done];
                }
                done++;
            }
        }
        return first[messages];
    }

    private int length(int entry) {
        return lengths[entry] + (onChannel[entry] ? HEADER_BYTES : 0);
    }

    private int vectors(int at, int entry) {
        int vectors = at;
        if (onChannel[entry]) {
            headers.vector(vectors++, channelHeadersAt + (long) entry * HEADER_BYTES, HEADER_BYTES);
        }
        headers.vector(vectors++, data[entry], lengths[entry]);
        return vectors;
    }
}
