// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.selftest;

import java.io.Closeable;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The peer of a test: a plain socket on a port of the relayed range, because on this machine clients may reach no other. What is
 * sent to it went through that range on both sides.
 */
final class TestPeer implements Closeable {
    private static final int MAX_TRIES = 32;
    private final DatagramSocket socket;
    private final InetSocketAddress address;

    private TestPeer(DatagramSocket socket, InetSocketAddress address) {
        this.socket = socket;
        this.address = address;
    }

    /**
     * A peer on some port.
     *
     * @param relayed the address that relayed addresses are on
     * @param own whether this machine has it
     * @throws BindException when no port could be had
     */
    static TestPeer open(InetAddress relayed, boolean own, Ports ports) throws IOException {
        for (int i = 0; i < MAX_TRIES; i++) {
            int port = ThreadLocalRandom.current().nextInt(ports.min(), ports.max() + 1);
            try {
                InetSocketAddress at = own ? new InetSocketAddress(relayed, port) : new InetSocketAddress(port);
                return new TestPeer(new DatagramSocket(at), new InetSocketAddress(relayed, port));
            } catch (BindException e) {
                // A client of the relay has it, or another program: the next one.
            }
        }
        throw new BindException("no port of " + ports + " is free");
    }

    /** Where the relay finds it. */
    InetSocketAddress address() {
        return address;
    }

    void send(byte[] data, InetSocketAddress to) throws IOException {
        socket.send(new DatagramPacket(data, data.length, to));
    }

    /** Whether exactly that comes within so many milliseconds. */
    boolean hears(byte[] data, int millis) throws IOException {
        long deadline = System.nanoTime() + millis * 1_000_000L;
        DatagramPacket packet = new DatagramPacket(new byte[data.length + 1], data.length + 1);
        for (long left = millis; left > 0; left = (deadline - System.nanoTime()) / 1_000_000) {
            try {
                socket.setSoTimeout((int) left);
                socket.receive(packet);
            } catch (SocketTimeoutException e) {
                return false;
            }
            if (Arrays.equals(packet.getData(), 0, packet.getLength(), data, 0, data.length)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        socket.close();
    }
}
