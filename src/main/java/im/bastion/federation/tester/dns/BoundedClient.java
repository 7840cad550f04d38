// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.tester.dns;

import im.bastion.federation.tester.net.Budget;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import org.xbill.DNS.Message;
import org.xbill.DNS.io.IoClientFactory;
import org.xbill.DNS.io.TcpIoClient;
import org.xbill.DNS.io.UdpIoClient;

/**
 * Asks name servers with a socket for each question, on the caller's thread and within the budget of the test. The library's
 * own client would keep a thread and a hook at the end of the JVM when the plugin is long gone.
 */
final class BoundedClient implements IoClientFactory, TcpIoClient, UdpIoClient {
    private static final int MAX_DATAGRAM = 65_535;

    private final Budget budget;

    BoundedClient(Budget budget) {
        this.budget = budget;
    }

    @Override
    public TcpIoClient createOrGetTcpClient() {
        return this;
    }

    @Override
    public UdpIoClient createOrGetUdpClient() {
        return this;
    }

    /** A connected socket takes datagrams from that server only; those that answer something else are passed over. */
    @Override
    public CompletableFuture<byte[]> sendAndReceiveUdp(
            InetSocketAddress local, InetSocketAddress remote, Message query, byte[] data, int max, Duration timeout) {
        try (DatagramSocket socket = new DatagramSocket()) {
            budget.ask();
            socket.connect(remote);
            socket.setSoTimeout(budget.millis(timeout));
            Budget.Limit limit = budget.limit(socket, timeout);
            try {
                socket.send(new DatagramPacket(data, data.length));
                DatagramPacket answer = new DatagramPacket(new byte[MAX_DATAGRAM], MAX_DATAGRAM);
                do {
                    socket.receive(answer);
                    budget.spend(answer.getLength());
                } while (!answers(answer, data));
                return CompletableFuture.completedFuture(Arrays.copyOf(answer.getData(), answer.getLength()));
            } finally {
                limit.close();
            }
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public CompletableFuture<byte[]> sendAndReceiveTcp(
            InetSocketAddress local, InetSocketAddress remote, Message query, byte[] data, Duration timeout) {
        try (Socket socket = new Socket()) {
            budget.ask();
            Budget.Limit limit = budget.limit(socket, timeout);
            try {
                socket.connect(remote, budget.millis(timeout));
                DataOutputStream out = new DataOutputStream(socket.getOutputStream());
                byte[] framed = new byte[data.length + 2];
                framed[0] = (byte) (data.length >> 8);
                framed[1] = (byte) data.length;
                System.arraycopy(data, 0, framed, 2, data.length);
                out.write(framed);
                out.flush();
                DataInputStream in = new DataInputStream(socket.getInputStream());
                byte[] answer = new byte[in.readUnsignedShort()];
                budget.spend(answer.length);
                in.readFully(answer);
                return CompletableFuture.completedFuture(answer);
            } finally {
                limit.close();
            }
        } catch (IOException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** The identifier is all that a stranger had to guess. */
    private static boolean answers(DatagramPacket answer, byte[] question) {
        byte[] data = answer.getData();
        return answer.getLength() >= 2 && data[0] == question[0] && data[1] == question[1];
    }
}
