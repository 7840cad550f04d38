// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.client;

import im.bastion.relay.turn.Leg;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;

/** UDP. Connected, so that the system tells when nobody listens there. */
final class DatagramTransport implements ClientTransport {
    private static final int MAX_BYTES = 65_535;
    private final DatagramSocket socket;

    private DatagramTransport(DatagramSocket socket) {
        this.socket = socket;
    }

    static DatagramTransport open(InetSocketAddress server) throws IOException {
        DatagramSocket socket = new DatagramSocket();
        try {
            socket.connect(server);
            return new DatagramTransport(socket);
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    @Override
    public Leg leg() {
        return Leg.UDP;
    }

    @Override
    public void send(ByteBuffer message) throws IOException {
        byte[] bytes = new byte[message.remaining()];
        message.get(bytes);
        socket.send(new DatagramPacket(bytes, bytes.length));
    }

    @Override
    public ByteBuffer receive(long deadlineNanos) throws IOException {
        int millis = Patience.millisUntil(deadlineNanos);
        if (millis <= 0) {
            return null;
        }
        DatagramPacket packet = new DatagramPacket(new byte[MAX_BYTES], MAX_BYTES);
        try {
            socket.setSoTimeout(millis);
            socket.receive(packet);
            return ByteBuffer.wrap(packet.getData(), 0, packet.getLength());
        } catch (SocketTimeoutException e) {
            return null;
        }
    }

    @Override
    public InetSocketAddress localAddress() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    @Override
    public void close() {
        socket.close();
    }
}
