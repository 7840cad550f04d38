// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.datagram;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import im.bastion.policy.IpLiteral;
import im.bastion.relay.stun.DataIndication;
import im.bastion.relay.turn.Moment;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Both ways that datagrams can go keep the same promises, on real sockets. */
class DatagramPortTest {
    private static final Moment NOW = new Moment(0, 0);

    private final List<DatagramPort> open = new ArrayList<>();
    private DatagramPorts ports;

    /** Takes what comes and sends it back to where it came from. */
    private record Echo(DatagramPort port, List<String> seen) implements DatagramPort.Receiver {
        @Override
        public void received(ByteBuffer datagram, InetSocketAddress from, Moment now) {
            seen.add(text(datagram));
            port.send(datagram, from);
        }
    }

    @AfterEach
    void closeAll() throws IOException {
        for (DatagramPort port : open) {
            port.close();
        }
    }

    @ParameterizedTest
    @EnumSource(DataPath.Kind.class)
    void theWayThatIsWantedIsTaken(DataPath.Kind kind) {
        DataPath path = path(kind);

        assertThat(path.kind()).isEqualTo(kind);
        assertThat(path.refusal()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"BATCHED, 127.0.0.1", "BATCHED, ::1", "NIO, 127.0.0.1", "NIO, ::1"})
    void whatComesInGoesOutToItsSenderUnchanged(DataPath.Kind kind, String address) throws IOException {
        DatagramPort port = listen(kind, address);
        Echo echo = new Echo(port, new ArrayList<>());

        try (DatagramSocket client = client(address)) {
            for (int length : new int[] {0, 1, 160, 1_472, 9_000, 60_000}) {
                byte[] sent = bytes(length);
                client.send(new DatagramPacket(sent, length, local(port)));
                DatagramPacket answer = new DatagramPacket(new byte[65_535], 65_535);
                turnUntil(port, echo, () -> echo.seen().size() > 0);
                client.receive(answer);

                assertThat(answer.getSocketAddress()).isEqualTo(local(port));
                assertThat(Arrays.copyOf(answer.getData(), answer.getLength())).isEqualTo(sent);
                echo.seen().clear();
            }
        }
    }

    @ParameterizedTest
    @EnumSource(DataPath.Kind.class)
    void aSocketForBothFamiliesTellsThemApart(DataPath.Kind kind) throws IOException {
        DatagramPort port = listen(kind, "::");
        List<InetAddress> senders = new ArrayList<>();

        try (DatagramSocket four = client("127.0.0.1");
                DatagramSocket six = client("::1")) {
            for (DatagramSocket each : List.of(four, six)) {
                each.send(new DatagramPacket(
                        new byte[1],
                        1,
                        new InetSocketAddress(
                                each.getLocalAddress(), local(port).getPort())));
                int before = senders.size();
                turnUntil(
                        port,
                        (datagram, from, now) -> {
                            senders.add(from.getAddress());
                            port.send(datagram, from);
                        },
                        () -> senders.size() > before);
                each.receive(new DatagramPacket(new byte[1], 1));
            }
        }

        assertThat(senders).containsExactly(IpLiteral.parse("127.0.0.1"), IpLiteral.parse("::1"));
    }

    @ParameterizedTest
    @EnumSource(DataPath.Kind.class)
    void manyOfOneSizeAndOthersBetweenKeepTheirBordersAndTheirOrder(DataPath.Kind kind) throws IOException {
        DatagramPort from = relay(kind);
        DatagramPort to = relay();
        List<String> sent = IntStream.range(0, 150)
                .mapToObj(i -> "%03d".formatted(i) + "x".repeat(i % 50 == 49 ? 7 : 157))
                .toList();
        List<String> received = new ArrayList<>();

        // What a port has received is what it sends many at once.
        turnAll(from, sent, datagram -> from.send(datagram, local(to)));
        turnUntil(to, (datagram, sender, now) -> received.add(text(datagram)), () -> received.size() == sent.size());

        assertThat(received).isEqualTo(sent);
    }

    @ParameterizedTest
    @EnumSource(DataPath.Kind.class)
    void dataThatCameSideBySideGetsTheHeaderOfItsChannelAndNothingElseIsTouched(DataPath.Kind kind) throws IOException {
        DatagramPort from = relay(kind);
        DatagramPort middle = relay();
        DatagramPort to = relay();
        List<String> sent = IntStream.range(0, 60)
                .mapToObj(i -> "%03d".formatted(i) + "y".repeat(97))
                .toList();
        List<ByteBuffer> received = new ArrayList<>();

        turnAll(from, sent, datagram -> from.send(datagram, local(middle)));
        int[] passed = new int[1];
        turnUntil(
                middle,
                (datagram, sender, now) -> {
                    if (passed[0]++ % 3 == 0) {
                        ByteBuffer roomy = middle.withRoom(datagram);
                        DataIndication.wrap(roomy, new byte[] {1, 2, 3, 4}, 5, 6);
                        to.send(roomy, local(to));
                    } else {
                        to.sendOnChannel(0x4000, datagram, local(to));
                    }
                },
                () -> passed[0] == sent.size());
        turnUntil(to, (datagram, sender, now) -> received.add(copy(datagram)), () -> received.size() == sent.size());

        for (int i = 0; i < sent.size(); i++) {
            ByteBuffer each = received.get(i);
            if (i % 3 == 0) {
                assertThat(each.getShort(0)).isEqualTo((short) 0x0017);
                assertThat(text(each.slice(each.limit() - 100, 100))).isEqualTo(sent.get(i));
            } else {
                assertThat(each.getShort(0)).isEqualTo((short) 0x4000);
                assertThat(each.getShort(2)).isEqualTo((short) 100);
                assertThat(text(each.slice(4, each.limit() - 4))).isEqualTo(sent.get(i));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(DataPath.Kind.class)
    void moreThanFitsInOneTurnIsSentAllTheSame(DataPath.Kind kind) throws IOException {
        DatagramPort from = relay(kind);
        DatagramPort to = relay();
        int[] received = new int[1];

        for (int round = 0; round < 30; round++) {
            List<String> sent =
                    IntStream.range(0, 100).mapToObj(i -> "z".repeat(40 + i)).toList();
            int before = received[0];
            turnAll(from, sent, datagram -> from.send(datagram, local(to)));
            turnUntil(to, (datagram, sender, now) -> received[0]++, () -> received[0] == before + sent.size());
        }

        assertThat(received[0]).isEqualTo(3_000);
    }

    @ParameterizedTest
    @EnumSource(DataPath.Kind.class)
    void whatGoesWrongWithOneDatagramDoesNotCostTheOthers(DataPath.Kind kind) throws IOException {
        DatagramPort port = relay(kind);
        DatagramPort other = relay();
        List<String> received = new ArrayList<>();
        turnAll(other, List.of("one", "two", "six"), datagram -> other.send(datagram, local(port)));

        DatagramPort.Receiver receiver = (datagram, from, now) -> {
            String text = text(datagram);
            received.add(text);
            if (text.equals("two")) {
                throw new IllegalStateException("a fault in a packet's handling");
            }
        };
        assertThatThrownBy(() -> turnUntil(port, receiver, () -> false)).hasMessageContaining("a fault");
        turnUntil(port, receiver, () -> received.size() == 3);

        assertThat(received).containsExactly("one", "two", "six");
    }

    @ParameterizedTest
    @EnumSource(DataPath.Kind.class)
    void whatWaitsIsSentBeforeItsSocketIsClosed(DataPath.Kind kind) throws IOException {
        DatagramPort from = relay(kind);
        DatagramPort to = relay();
        List<String> received = new ArrayList<>();
        try (DatagramSocket client = client("127.0.0.1")) {
            client.send(new DatagramPacket(new byte[] {'a'}, 1, local(from)));
            await().until(() -> {
                from.receive(
                        (datagram, sender, now) -> {
                            from.send(datagram, local(to));
                            from.close();
                            from.send(datagram, local(to));
                        },
                        NOW);
                return !from.channel().isOpen();
            });
        }

        turnUntil(to, (datagram, sender, now) -> received.add(text(datagram)), () -> !received.isEmpty());

        assertThat(received).containsExactly("a");
    }

    @Test
    void whatTheSystemWillNotCutUpIsSentOneByOne() throws IOException {
        DatagramPort from = relay(DataPath.Kind.BATCHED);
        DatagramPort to = relay();
        // No system cuts a send into datagrams that are larger than the way takes without fragments.
        List<String> sent =
                IntStream.range(0, 4).mapToObj(i -> i + "w".repeat(15_000)).toList();
        List<String> received = new ArrayList<>();

        turnAll(from, sent, datagram -> from.send(datagram, local(to)));
        turnUntil(to, (datagram, sender, now) -> received.add(text(datagram)), () -> received.size() == sent.size());

        assertThat(received).isEqualTo(sent);
    }

    private interface Sending {
        void send(ByteBuffer datagram) throws IOException;
    }

    private interface Condition {
        boolean holds();
    }

    /** Lets the port receive these and send each on. */
    private void turnAll(DatagramPort port, List<String> texts, Sending sending) throws IOException {
        List<String> seen = new ArrayList<>();
        try (DatagramSocket client = client("127.0.0.1")) {
            for (String text : texts) {
                byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
                client.send(new DatagramPacket(bytes, bytes.length, local(port)));
            }
            turnUntil(
                    port,
                    (datagram, from, now) -> {
                        seen.add(text(datagram));
                        sending.send(datagram);
                    },
                    () -> seen.size() == texts.size());
        }
        assertThat(seen).isEqualTo(texts);
    }

    private void turnUntil(DatagramPort port, DatagramPort.Receiver receiver, Condition condition) {
        await().pollInSameThread().pollDelay(Duration.ZERO).until(() -> {
            port.receive(receiver, NOW);
            ports.flush();
            return condition.holds();
        });
    }

    private DataPath path(DataPath.Kind kind) {
        DataPath path = DataPath.choose(kind == DataPath.Kind.BATCHED);
        ports = path.ports();
        return path;
    }

    private DatagramPort listen(DataPath.Kind kind, String address) throws IOException {
        path(kind);
        return keep(ports.listen(new InetSocketAddress(IpLiteral.parse(address), 0)));
    }

    private DatagramPort relay(DataPath.Kind kind) throws IOException {
        path(kind);
        return relay();
    }

    private DatagramPort relay() throws IOException {
        return keep(ports.relay(new InetSocketAddress(IpLiteral.parse("127.0.0.1"), 0)));
    }

    private DatagramPort keep(DatagramPort port) {
        open.add(port);
        return port;
    }

    private static DatagramSocket client(String address) throws IOException {
        DatagramSocket socket = new DatagramSocket(new InetSocketAddress(IpLiteral.parse(address), 0));
        socket.setSoTimeout(5_000);
        return socket;
    }

    private static InetSocketAddress local(DatagramPort port) throws IOException {
        return (InetSocketAddress) port.channel().getLocalAddress();
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static ByteBuffer copy(ByteBuffer data) {
        return ByteBuffer.allocate(data.remaining()).put(data.duplicate()).flip();
    }

    private static String text(ByteBuffer data) {
        return StandardCharsets.ISO_8859_1.decode(data.duplicate()).toString();
    }
}
