// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.peer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A name server for which every XMPP server is one port of this machine (RFC 2782); it knows no other names. */
final class OnePortDns implements AutoCloseable {
    private static final int HEADER = 12;
    private static final int SRV = 33;
    private static final String LABEL = "_xmpp-server";

    private final DatagramSocket socket;
    private final int port;

    OnePortDns(int port) {
        this.port = port;
        try {
            socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread thread = new Thread(this::serve, "one-port-dns");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return socket.getLocalPort();
    }

    @Override
    public void close() {
        socket.close();
    }

    private void serve() {
        byte[] bytes = new byte[512];
        while (!socket.isClosed()) {
            try {
                DatagramPacket query = new DatagramPacket(bytes, bytes.length);
                socket.receive(query);
                byte[] answer = answer(bytes, query.getLength());
                socket.send(new DatagramPacket(answer, answer.length, query.getSocketAddress()));
            } catch (IOException e) {
                // Closed, or a question nobody waits for any more.
            }
        }
    }

    private byte[] answer(byte[] query, int length) {
        int end = HEADER;
        while (end < length && query[end] != 0) {
            end += query[end] + 1;
        }
        int questionEnd = Math.min(end + 5, length);
        boolean known = query[end + 2] == SRV
                && new String(query, HEADER + 1, LABEL.length(), StandardCharsets.US_ASCII).equals(LABEL);
        ByteBuffer answer = ByteBuffer.allocate(512);
        answer.put(query, 0, 2).putShort((short) (known ? 0x8180 : 0x8183));
        answer.putShort((short) 1).putShort((short) (known ? 1 : 0)).putInt(0);
        answer.put(query, HEADER, questionEnd - HEADER);
        if (known) {
            byte[] target = "\u0009localhost\u0000".getBytes(StandardCharsets.US_ASCII);
            answer.putShort((short) 0xC00C)
                    .putShort((short) SRV)
                    .putShort((short) 1)
                    .putInt(60);
            answer.putShort((short) (6 + target.length))
                    .putInt(0)
                    .putShort((short) port)
                    .put(target);
        }
        byte[] bytes = new byte[answer.position()];
        answer.flip().get(bytes);
        return bytes;
    }
}
