// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.datagram;

import im.bastion.relay.turn.Moment;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/** A socket that is read and written past NIO, which only watches it. */
final class LinuxPort extends DatagramPort {
    private static final int MAX_AT_ONCE = 32;

    private final int descriptor;
    private final SendQueue.Line line;
    private final LinuxBuffers buffers;
    private int expected = 1;

    /** @param ipv4 whether the socket knows IPv4 alone */
    LinuxPort(DatagramChannel channel, int descriptor, boolean ipv4, LinuxBuffers buffers) {
        super(channel);
        this.descriptor = descriptor;
        this.line = new SendQueue.Line(descriptor, ipv4);
        this.buffers = buffers;
    }

    /** Asks for about as many as came last: a call that finds fewer has looked once too often. */
    @Override
    public void receive(Receiver receiver, Moment now) throws IOException {
        for (int taken = 0; taken < MAX_PER_TURN && channel().isOpen(); ) {
            int wanted = Math.min(expected, buffers.free());
            int count = buffers.receive(descriptor, wanted);
            deliver(count, receiver, now);
            taken += count;
            if (count < wanted) {
                expected = Math.max(1, count);
                return;
            }
            expected = Math.min(2 * wanted, MAX_AT_ONCE);
            if (wanted == 1) {
                // If there is more, the selector says so.
                return;
            }
        }
    }

    /** What goes wrong with one datagram does not cost the others. */
    private void deliver(int count, Receiver receiver, Moment now) throws IOException {
        Exception failure = null;
        int end = buffers.end();
        for (int slot = end - count; slot < end; slot++) {
            InetSocketAddress from = buffers.sender(slot);
            int length = buffers.length(slot);
            int segment = buffers.segmentBytes(slot);
            int offset = 0;
            do {
                int bytes = Math.min(segment, length - offset);
                try {
                    receiver.received(buffers.datagram(slot, offset, bytes, length <= segment), from, now);
                } catch (IOException | RuntimeException e) {
                    failure = e;
                }
                offset += bytes;
            } while (offset < length && channel().isOpen());
        }
        if (failure instanceof IOException e) {
            throw e;
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
    }

    @Override
    public void send(ByteBuffer datagram, InetSocketAddress to) {
        if (!buffers.holds(datagram)) {
            NioPorts.send(channel(), datagram, to);
        } else if (channel().isOpen()) {
            buffers.send(line, datagram, to);
        }
    }

    @Override
    public void sendOnChannel(int number, ByteBuffer data, InetSocketAddress to) {
        if (buffers.isPacked(data) && channel().isOpen()) {
            buffers.sendOnChannel(line, number, data, to);
        } else {
            super.sendOnChannel(number, data, to);
        }
    }

    @Override
    public ByteBuffer withRoom(ByteBuffer data) {
        return buffers.withRoom(data);
    }

    /** What waits is sent before: the system may give the socket's number to another. */
    @Override
    public void close() throws IOException {
        buffers.sendWaiting();
        super.close();
    }
}
