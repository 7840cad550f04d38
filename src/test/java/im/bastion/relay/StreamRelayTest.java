// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.bastion.certificate.TestIdentity;
import im.bastion.host.memory.MemoryHost;
import im.bastion.metric.Counters;
import im.bastion.metric.Health;
import im.bastion.relay.stun.AttributeType;
import im.bastion.relay.stun.ChannelNumberAttribute;
import im.bastion.relay.stun.ErrorCodeAttribute;
import im.bastion.relay.stun.FirstByteAttribute;
import im.bastion.relay.stun.StunAttribute;
import im.bastion.relay.stun.StunClass;
import im.bastion.relay.stun.StunMessage;
import im.bastion.relay.stun.StunMethod;
import im.bastion.relay.stun.XorAddressAttribute;
import im.bastion.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;
import org.dom4j.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;

/** Clients on TCP and TLS connections, and peers on TCP (RFC 6062), on loopback sockets. */
class StreamRelayTest {
    private static final StunAttribute UDP = FirstByteAttribute.of(AttributeType.REQUESTED_TRANSPORT, 17);
    private static final StunAttribute TCP = FirstByteAttribute.of(AttributeType.REQUESTED_TRANSPORT, 6);
    private final MemoryHost host = new MemoryHost();
    private final Settings settings = new Settings(host.properties());
    private final Counters counters = new Counters();
    private final Health health = new Health(Clock.systemUTC());
    private final RelayFeature relay =
            new RelayFeature(host, settings, event -> {}, counters, health, Clock.systemUTC());
    private final JID romeo = host.users().connect(host.users().register("romeo"), "orchard");
    private final int port = freePort();
    private final int tlsPort = freePort();

    StreamRelayTest() throws IOException {}

    @BeforeEach
    void start() {
        set("listen-address", "127.0.0.1");
        set("external-address", "127.0.0.1");
        set("port", String.valueOf(port));
        set("tls-port", String.valueOf(tlsPort));
        set("allow-loopback-peers", "true");
        set("mode", "enforce");
        relay.start();
        assertThat(health.of("relay").message()).isEmpty();
    }

    @AfterEach
    void close() {
        relay.close();
        settings.close();
        host.close();
    }

    @Test
    void relaysForAClientOnATcpConnection() throws Exception {
        try (StreamClient client = overTcp()) {
            assertRelays(client);
        }
        awaitNoAllocation();
    }

    @Test
    void relaysForAClientOnATlsConnectionThatAsksForTurn() throws Exception {
        try (SSLSocket socket = overTls(certificate(), "stun.turn");
                StreamClient client = client(socket)) {
            assertThat(socket.getApplicationProtocol()).isEqualTo("stun.turn");
            assertRelays(client);
        }
        awaitNoAllocation();
    }

    @Test
    void doesNotSpeakTlsWithWhoAsksForAnotherProtocol() {
        assertThatThrownBy(() -> overTls(certificate(), "h2")).isInstanceOf(SSLHandshakeException.class);
    }

    @Test
    void showsTheRenewedCertificateWithoutARestart() throws Exception {
        X509Certificate before = certificate();
        overTls(before, "stun.turn").close();
        TestIdentity renewed = host.serverCertificates().renew();
        assertThatThrownBy(() -> overTls(before, "stun.turn")).isInstanceOf(SSLHandshakeException.class);
        try (SSLSocket socket = overTls(renewed.leaf(), "stun.nat-discovery")) {
            assertThat(socket.getSession().getPeerCertificates()[0]).isEqualTo(renewed.leaf());
        }
    }

    @Test
    void withoutACertificateTlsIsNeitherOfferedNorSpokenAndTheRestGoesOn() throws Exception {
        host.serverCertificates().remove();
        assertThat(services()).extracting(e -> e.attributeValue("type")).containsExactly("stun", "turn", "turn");
        try (Socket socket = new Socket(loopback(), tlsPort)) {
            socket.setSoTimeout(5_000);
            assertThat(socket.getInputStream().read()).isNegative();
        }
        try (StreamClient client = overTcp()) {
            assertThat(client.ask(StunMethod.ALLOCATE, UDP).stunClass()).isEqualTo(StunClass.SUCCESS);
        }
    }

    @Test
    void takesMessagesInPiecesAndSeveralAtOnce() throws Exception {
        try (StreamClient client = overTcp();
                UdpClient peer = new UdpClient(new InetSocketAddress(loopback(), port))) {
            client.ask(StunMethod.ALLOCATE, UDP);
            client.askAbout(peer.address(), StunMethod.CHANNEL_BIND, ChannelNumberAttribute.of(0x4001));
            ByteBuffer both = ByteBuffer.allocate(200);
            both.put(channelData("first")).put(channelData("second")).flip();
            client.send(both.slice(0, 3));
            client.send(both.slice(3, 10));
            client.send(both.slice(13, both.limit() - 13));
            assertThat(peer.receive().text()).isEqualTo("first");
            assertThat(peer.receive().text()).isEqualTo("second");
        }
    }

    @Test
    void endsAConnectionThatSpeaksSomethingElseOrTooMuch() throws Exception {
        for (ByteBuffer strange : List.of(
                ByteBuffer.wrap("\u0080 is no message".getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)),
                ByteBuffer.allocate(4)
                        .putShort((short) 1)
                        .putShort((short) 0xFFFC)
                        .flip())) {
            try (StreamClient client = overTcp()) {
                client.send(strange);
                assertThat(client.isEnded()).isTrue();
            }
        }
        assertThat(counters.snapshot().get("relay.dropped")).isEqualTo(2);
    }

    @Test
    void anAddressHasSoManyConnectionsThatHaveNotAuthenticated() throws Exception {
        List<StreamClient> idle = new java.util.ArrayList<>();
        try {
            for (int i = 0; i < 64; i++) {
                idle.add(overTcp());
            }
            try (StreamClient oneTooMany = overTcp()) {
                assertThat(oneTooMany.isEnded()).isTrue();
            }
            assertThat(idle.get(0).ask(StunMethod.ALLOCATE, UDP).stunClass()).isEqualTo(StunClass.SUCCESS);
            try (StreamClient next = overTcp()) {
                assertThat(next.ask(StunMethod.ALLOCATE, UDP).stunClass()).isEqualTo(StunClass.SUCCESS);
            }
        } finally {
            for (StreamClient each : idle) {
                each.close();
            }
        }
    }

    @Test
    void connectsToAPeerOverTcpFromTheRelayedAddress() throws Exception {
        try (StreamClient control = overTcp();
                ServerSocket peer = new ServerSocket(0, 5, loopback())) {
            InetSocketAddress relayed = relayed(control.ask(StunMethod.ALLOCATE, TCP));
            StunMessage connected =
                    control.askAbout((InetSocketAddress) peer.getLocalSocketAddress(), StunMethod.CONNECT);
            assertThat(connected.stunClass()).isEqualTo(StunClass.SUCCESS);
            try (Socket accepted = peer.accept();
                    StreamClient data = overTcp()) {
                assertThat(accepted.getRemoteSocketAddress()).isEqualTo(relayed);
                accepted.getOutputStream().write("early".getBytes(US_ASCII));
                assertThat(data.ask(StunMethod.CONNECTION_BIND, connected.first(AttributeType.CONNECTION_ID))
                                .stunClass())
                        .isEqualTo(StunClass.SUCCESS);
                assertThat(new String(data.bytes(5), US_ASCII)).isEqualTo("early");
                byte[] much = new byte[3_000_000];
                Thread reader = new Thread(() -> readAll(data, much.length));
                reader.start();
                accepted.getOutputStream().write(much);
                reader.join(20_000);
                assertThat(reader.isAlive()).as("three megabytes arrive").isFalse();
                data.send(ByteBuffer.wrap("to the peer".getBytes(US_ASCII)));
                data.hangUp();
                assertThat(new String(accepted.getInputStream().readAllBytes(), US_ASCII))
                        .isEqualTo("to the peer");
            }
        }
    }

    @Test
    void letsAPermittedPeerConnectToTheRelayedAddress() throws Exception {
        try (StreamClient control = overTcp()) {
            InetSocketAddress relayed = relayed(control.ask(StunMethod.ALLOCATE, TCP));
            try (Socket early = new Socket(relayed.getAddress(), relayed.getPort())) {
                early.setSoTimeout(5_000);
                assertThat(early.getInputStream().read())
                        .as("without permission")
                        .isNegative();
            }
            control.askAbout(new InetSocketAddress(loopback(), 1), StunMethod.CREATE_PERMISSION);
            try (Socket peer = new Socket(relayed.getAddress(), relayed.getPort());
                    StreamClient data = overTcp()) {
                StunMessage attempt = control.message();
                assertThat(attempt.method()).isEqualTo(StunMethod.CONNECTION_ATTEMPT);
                data.ask(StunMethod.CONNECTION_BIND, attempt.first(AttributeType.CONNECTION_ID));
                peer.getOutputStream().write("hello".getBytes(US_ASCII));
                assertThat(new String(data.bytes(5), US_ASCII)).isEqualTo("hello");
                control.hangUp();
                assertThat(data.isEnded()).as("ends with its allocation").isTrue();
            }
        }
    }

    @Test
    void saysWhenNobodyListensAtThePeer() throws Exception {
        try (StreamClient control = overTcp()) {
            control.ask(StunMethod.ALLOCATE, TCP);
            StunMessage answer = control.askAbout(new InetSocketAddress(loopback(), freePort()), StunMethod.CONNECT);
            assertThat(ErrorCodeAttribute.read(answer.first(AttributeType.ERROR_CODE)))
                    .isEqualTo(447);
        }
    }

    @Test
    void aTakenTlsPortIsToldAndTheRestGoesOn() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 5, loopback())) {
            set("tls-port", String.valueOf(other.getLocalPort()));
            assertThat(health.of("relay").state()).isEqualTo(Health.State.DEGRADED);
            assertThat(health.of("relay").message())
                    .isEqualTo("TCP port %d on 127.0.0.1 is in use. Stop the program that holds it, or set "
                                    .formatted(other.getLocalPort())
                            + "plugin.bastion.relay.tls-port to another port.");
            try (StreamClient client = overTcp()) {
                assertThat(client.ask(StunMethod.ALLOCATE, UDP).stunClass()).isEqualTo(StunClass.SUCCESS);
            }
        }
    }

    private void assertRelays(StreamClient client) throws Exception {
        try (UdpClient peer = new UdpClient(new InetSocketAddress(loopback(), port))) {
            InetSocketAddress relayed = relayed(client.ask(StunMethod.ALLOCATE, UDP));
            client.askAbout(peer.address(), StunMethod.CHANNEL_BIND, ChannelNumberAttribute.of(0x4001));
            client.send(channelData("hello"));
            assertThat(peer.receive().text()).isEqualTo("hello");
            peer.send("and back", relayed);
            assertThat(client.channelData()).isEqualTo(channelData("and back"));
            peer.send("x".repeat(9), relayed);
            assertThat(client.channelData()).as("padded").isEqualTo(channelData("x".repeat(9)));
        }
    }

    private void awaitNoAllocation() {
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> relay.allocations() == 0);
    }

    private static void readAll(StreamClient client, int count) {
        try {
            client.bytes(count);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private StreamClient overTcp() throws IOException {
        return client(new Socket(loopback(), port));
    }

    private StreamClient client(Socket socket) throws IOException {
        Element turn = services().get(1);
        return new StreamClient(socket, turn.attributeValue("username"), turn.attributeValue("password"));
    }

    private SSLSocket overTls(X509Certificate trusted, String protocol) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null, null);
        store.setCertificateEntry("server", trusted);
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(loopback(), tlsPort);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setApplicationProtocols(new String[] {protocol});
        socket.setSSLParameters(parameters);
        socket.setSoTimeout(5_000);
        try {
            socket.startHandshake();
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    private X509Certificate certificate() {
        return (X509Certificate) host.serverCertificates().presented().get(0).getCertificate();
    }

    private List<Element> services() {
        IQ request = new IQ(IQ.Type.get);
        request.setFrom(romeo);
        request.setTo(MemoryHost.DOMAIN);
        request.setChildElement("services", "urn:xmpp:extdisco:2");
        return host.iqServices().ask(request).getChildElement().elements("service");
    }

    private static InetSocketAddress relayed(StunMessage answer) throws Exception {
        return XorAddressAttribute.read(answer.first(AttributeType.XOR_RELAYED_ADDRESS), answer.transactionId());
    }

    private static ByteBuffer channelData(String text) {
        byte[] bytes = text.getBytes(US_ASCII);
        return ByteBuffer.allocate(4 + (bytes.length + 3 & ~3))
                .putShort((short) 0x4001)
                .putShort((short) bytes.length)
                .put(bytes)
                .clear();
    }

    private void set(String name, String value) {
        host.properties().set("plugin.bastion.relay." + name, value);
    }

    private static InetAddress loopback() {
        return InetAddress.getLoopbackAddress();
    }

    private static int freePort() throws IOException {
        while (true) {
            try (ServerSocket socket = new ServerSocket(0, 1, loopback())) {
                int found = socket.getLocalPort();
                if (found < RelaySettings.MIN_PORT.defaultValue() || found > RelaySettings.MAX_PORT.defaultValue()) {
                    return found;
                }
            }
        }
    }
}
