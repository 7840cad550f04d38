// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Arrays;

/** A router that forwards one UDP port, for one client at a time, and nothing else. */
final class UdpForward implements AutoCloseable {
    private final DatagramSocket outside;
    private final DatagramSocket inside = new DatagramSocket();
    private final SocketAddress server;
    private volatile SocketAddress client;

    UdpForward(InetSocketAddress at, InetSocketAddress server) throws IOException {
        this.outside = new DatagramSocket(at);
        this.server = server;
        new Thread(() -> pump(outside, inside), "forward-in").start();
        new Thread(() -> pump(inside, outside), "forward-out").start();
    }

    private void pump(DatagramSocket from, DatagramSocket to) {
        byte[] buffer = new byte[2_000];
        while (!from.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                from.receive(packet);
                if (from == outside) {
                    client = packet.getSocketAddress();
                }
                byte[] data = Arrays.copyOf(buffer, packet.getLength());
                to.send(new DatagramPacket(data, data.length, from == outside ? server : client));
            } catch (IOException e) {
                // Closed, or a client that has left.
            }
        }
    }

    @Override
    public void close() {
        outside.close();
        inside.close();
    }
}
