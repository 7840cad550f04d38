// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.datagram;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** What all sockets of one thread receive into and send from. */
final class LinuxBuffers {
    private final PacketMemory memory = new PacketMemory();
    private final SendQueue queue = new SendQueue();
    private final MessageHeaders headers = new MessageHeaders(PacketMemory.SLOTS, PacketMemory.SLOTS);
    private final SocketNames senders = new SocketNames();
    private int free;
    private boolean packed;

    LinuxBuffers() {
        for (int i = 0; i < PacketMemory.SLOTS; i++) {
            headers.vector(i, memory.slot(i), PacketMemory.MAX_DATAGRAM_BYTES);
            headers.vectors(i, i, 1);
        }
    }

    /** Sends all that waits; every slot is free then. Not to be called while a slot is read. */
    void flush() {
        sendWaiting();
        free = 0;
    }

    /** Sends all that waits. */
    void sendWaiting() {
        queue.send();
        memory.clear();
    }

    /** How many slots are free, after making some so where none was. */
    int free() {
        if (free == PacketMemory.SLOTS) {
            flush();
        }
        return PacketMemory.SLOTS - free;
    }

    /** Receives into free slots without waiting; the last of them is the one before {@link #end}. */
    int receive(int descriptor, int wanted) throws IOException {
        for (int i = free; i < free + wanted; i++) {
            headers.expect(i);
        }
        int count = Libc.recvmmsg(descriptor, headers.entry(free), wanted, Libc.MSG_DONTWAIT, 0);
        if (count < 0) {
            int error = Libc.error();
            if (error == Libc.EAGAIN || error == Libc.EINTR) {
                return 0;
            }
            throw new IOException("recvmmsg failed with error " + error);
        }
        free += count;
        return count;
    }

    /** The first free slot. */
    int end() {
        return free;
    }

    InetSocketAddress sender(int slot) {
        return headers.sender(slot, senders);
    }

    int length(int slot) {
        return headers.length(slot);
    }

    /** How long each datagram in the slot is, but for the last. */
    int segmentBytes(int slot) {
        return headers.segmentBytes(slot);
    }

    /**
     * One datagram of a slot.
     *
     * @param alone whether there is no other in the slot
     */
    ByteBuffer datagram(int slot, int offset, int length, boolean alone) {
        packed = !alone;
        return memory.received(slot, offset, length);
    }

    /** The same bytes where there is room around them. */
    ByteBuffer withRoom(ByteBuffer data) {
        if (!isPacked(data)) {
            return data;
        }
        ByteBuffer copy = memory.copy(data);
        if (copy == null) {
            sendWaiting();
            copy = memory.copy(data);
        }
        return copy;
    }

    /** Whether other datagrams lie beside it. */
    boolean isPacked(ByteBuffer data) {
        return packed && memory.isReceived(data);
    }

    /** Whether it can wait. */
    boolean holds(ByteBuffer data) {
        return memory.holds(data);
    }

    /** Lets it wait. */
    void send(SendQueue.Line line, ByteBuffer datagram, InetSocketAddress to) {
        makeRoom();
        queue.add(line, memory.addressOf(datagram), datagram.remaining(), to);
    }

    /** Lets it wait with the header of a channel before it, which is not written there. */
    void sendOnChannel(SendQueue.Line line, int number, ByteBuffer data, InetSocketAddress to) {
        makeRoom();
        queue.addOnChannel(line, number, memory.addressOf(data), data.remaining(), to);
    }

    private void makeRoom() {
        if (queue.isFull()) {
            queue.send();
        }
    }
}
