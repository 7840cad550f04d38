// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.audit.AuditEvent;
import im.bastion.host.Subscription;
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
import im.bastion.relay.stun.StunMessageEncoder;
import im.bastion.relay.stun.StunMethod;
import im.bastion.relay.stun.TransactionId;
import im.bastion.relay.stun.UnsignedAttribute;
import im.bastion.relay.stun.XorAddressAttribute;
import im.bastion.settings.Settings;
import java.io.IOException;
import java.net.BindException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.dom4j.Element;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;

/** The relay as a whole on loopback sockets, with a server in memory around it. */
class RelayFeatureTest {
    private static final StunAttribute UDP = FirstByteAttribute.of(AttributeType.REQUESTED_TRANSPORT, 17);
    private final MemoryHost host = new MemoryHost();
    private final Settings settings = new Settings(host.properties());
    private final List<AuditEvent> audit = new CopyOnWriteArrayList<>();
    private final Health health = new Health(Clock.systemUTC());
    private final RelayFeature relay =
            new RelayFeature(host, settings, audit::add, new Counters(), health, Clock.systemUTC());
    private final JID romeo = host.users().connect(host.users().register("romeo"), "orchard");
    private final int port = freePort();

    RelayFeatureTest() throws IOException {}

    @AfterEach
    void close() {
        relay.close();
        settings.close();
        host.close();
    }

    @Test
    void relaysBetweenAClientAndAPeerWithACredentialFromTheServer() throws Exception {
        set("allow-loopback-peers", "true");
        start("enforce");
        try (UdpClient client = loggedIn();
                UdpClient peer = new UdpClient(server())) {
            StunMessage allocated = client.ask(StunMethod.ALLOCATE, UDP);
            InetSocketAddress relayed = XorAddressAttribute.read(
                    allocated.first(AttributeType.XOR_RELAYED_ADDRESS), allocated.transactionId());
            assertThat(XorAddressAttribute.read(
                            allocated.first(AttributeType.XOR_MAPPED_ADDRESS), allocated.transactionId()))
                    .isEqualTo(client.address());
            assertThat(relay.allocations()).isEqualTo(1);

            peer.send("too early", relayed);
            assertThat(client.askAbout(peer.address(), StunMethod.CREATE_PERMISSION)
                            .stunClass())
                    .isEqualTo(StunClass.SUCCESS);
            client.send(sendIndication(peer.address(), "by indication"));
            UdpClient.Received atPeer = peer.receive();
            assertThat(atPeer.text()).isEqualTo("by indication");
            assertThat(atPeer.from()).isEqualTo(relayed);
            peer.send("back", relayed);
            StunMessage data = client.receive().message();
            assertThat(data.first(AttributeType.DATA).value()).isEqualTo(ByteBuffer.wrap("back".getBytes(US_ASCII)));

            client.askAbout(peer.address(), StunMethod.CHANNEL_BIND, ChannelNumberAttribute.of(0x4001));
            client.send(channelData("by channel"));
            assertThat(peer.receive().text()).isEqualTo("by channel");
            peer.send("back by channel", relayed);
            assertThat(client.receive().data()).isEqualTo(channelData("back by channel"));

            client.ask(StunMethod.REFRESH, UnsignedAttribute.lifetime(0));
            assertThat(relay.allocations()).isZero();
        }
    }

    @Test
    void refusesPeersOnThisMachineByDefaultButNotRelayedAddresses() throws Exception {
        start("enforce");
        try (UdpClient first = loggedIn();
                UdpClient second = loggedIn();
                UdpClient service = new UdpClient(server())) {
            InetSocketAddress firstRelayed = allocate(first);
            InetSocketAddress secondRelayed = allocate(second);
            assertThat(error(first.askAbout(
                            service.address(), StunMethod.CHANNEL_BIND, ChannelNumberAttribute.of(0x4001))))
                    .isEqualTo(403);
            first.askAbout(secondRelayed, StunMethod.CHANNEL_BIND, ChannelNumberAttribute.of(0x4001));
            second.askAbout(firstRelayed, StunMethod.CHANNEL_BIND, ChannelNumberAttribute.of(0x4001));
            first.send(channelData("hello"));
            assertThat(second.receive().data()).isEqualTo(channelData("hello"));
            first.send(sendIndication(service.address(), "boo"));
            assertThat(service.hearsNothing()).isTrue();
        }
    }

    @Test
    void observingItAnswersStunButRelaysNothing() throws Exception {
        start("observe");
        assertThat(services()).extracting(e -> e.attributeValue("type")).containsExactly("stun");
        set("mode", "enforce");
        try (UdpClient client = loggedIn()) {
            set("mode", "observe");
            StunMessage mapped = client.ask(StunMethod.BINDING);
            assertThat(XorAddressAttribute.read(mapped.first(AttributeType.XOR_MAPPED_ADDRESS), mapped.transactionId()))
                    .isEqualTo(client.address());
            assertThat(error(client.ask(StunMethod.ALLOCATE, UDP))).isEqualTo(486);
        }
    }

    @Test
    void offByDefaultItNeitherListensNorOffersNorMakesASecret() {
        relay.start();
        assertThat(ask().getType()).isEqualTo(IQ.Type.error);
        assertThat(host.properties().get(RelaySecret.KEY)).isNull();
        assertThat(health.of("relay").state()).isEqualTo(Health.State.OK);
    }

    @Test
    void portInUseIsToldWithWhatToDoAndMendedByAnotherPort() throws Exception {
        try (DatagramSocket other = new DatagramSocket(new InetSocketAddress(server().getAddress(), port))) {
            start("enforce");
            assertThat(health.of("relay").state()).isEqualTo(Health.State.FAILED);
            assertThat(health.of("relay").message())
                    .startsWith("UDP port " + other.getLocalPort() + " on 127.0.0.1 is in use")
                    .contains("plugin.bastion.relay.port");
            assertThat(ask().getType()).isEqualTo(IQ.Type.error);
            set("port", String.valueOf(freePort()));
            assertThat(health.of("relay").state()).isEqualTo(Health.State.OK);
            assertThat(services()).hasSize(3);
        }
    }

    @Test
    void settingsThatDoNotFitAreToldAndLeaveTheRelayAsItIs() throws Exception {
        start("enforce");
        set("min-port", "60000");
        assertThat(health.of("relay").state()).isEqualTo(Health.State.FAILED);
        assertThat(health.of("relay").message()).contains("plugin.bastion.relay.min-port (60000)");
        try (UdpClient client = loggedIn()) {
            assertThat(allocate(client)).isNotNull();
        }
        set("max-port", "60010");
        assertThat(health.of("relay").state()).isEqualTo(Health.State.OK);
    }

    @Test
    void anotherLimitOrLifetimeEndsNoCall() throws Exception {
        start("enforce");
        try (UdpClient client = loggedIn()) {
            allocate(client);
            set("credential-life", "1800");
            set("max-allocations-per-user", "1");
            assertThat(relay.allocations()).isEqualTo(1);
            assertThat(error(loggedIn().ask(StunMethod.ALLOCATE, UDP))).isEqualTo(486);
        }
    }

    @Test
    void anotherPortMovesTheRelay() throws Exception {
        start("enforce");
        int next = freePort();
        set("port", String.valueOf(next));
        assertThat(services().get(0).attributeValue("port")).isEqualTo(String.valueOf(next));
        try (DatagramSocket free = new DatagramSocket(server())) {
            assertThat(free.isBound()).isTrue();
        }
        assertThat(audit)
                .extracting(AuditEvent::action)
                .containsExactly("relay-started", "relay-stopped", "relay-started");
    }

    @Test
    void anotherSecretMakesOldCredentialsWorthlessButEndsNoCall() throws Exception {
        start("enforce");
        try (UdpClient caller = loggedIn();
                UdpClient late = loggedIn()) {
            allocate(caller);
            host.properties().set(RelaySecret.KEY, "another one");
            assertThat(caller.ask(StunMethod.REFRESH).stunClass()).isEqualTo(StunClass.SUCCESS);
            assertThat(error(late.ask(StunMethod.ALLOCATE, UDP))).isEqualTo(401);
        }
    }

    @Test
    void offersOtherRelaysThatShareTheSecret() {
        set("other-relays", "turn:relay2.example:3478?transport=udp, stun:stun.example");
        start("enforce");
        assertThat(services())
                .extracting(e -> e.attributeValue("type") + " " + e.attributeValue("host"))
                .containsExactly(
                        "stun 127.0.0.1",
                        "turn 127.0.0.1",
                        "turn 127.0.0.1",
                        "turn relay2.example",
                        "stun stun.example");
        assertThat(services().get(3).attributeValue("password"))
                .isEqualTo(services().get(1).attributeValue("password"));
        set("other-relays", "nonsense");
        assertThat(services()).as("the last good value").hasSize(5);
    }

    @Test
    void tellsClientsOfANewSecretAndOfItsEnd() {
        start("enforce");
        IQ request = request();
        request.getChildElement().addAttribute("type", "turn");
        host.iqServices().ask(request);
        host.properties().set(RelaySecret.KEY, "another one");
        set("mode", "off");
        assertThat(host.stanzas().sent())
                .extracting(stanza ->
                        ((IQ) stanza).getChildElement().element("service").attributeValue("action"))
                .containsExactly("modify", "delete");
    }

    @Test
    void aPluginThatAnswersTheSameQuestionsIsToldAndAfterItHasGoneTheAnswersAreOursAgain() {
        start("enforce");
        Subscription theirs = host.iqServices().answer("services", "urn:xmpp:extdisco:2", request -> null);
        host.plugins().install("externalservicediscovery");
        assertThat(health.of("relay").state()).isEqualTo(Health.State.DEGRADED);
        assertThat(health.of("relay").message())
                .contains("externalservicediscovery")
                .contains("Remove it");
        theirs.close();
        host.plugins().remove("externalservicediscovery");
        assertThat(health.of("relay").state()).isEqualTo(Health.State.OK);
        assertThat(services()).hasSize(3);
    }

    @Test
    void endsTheCallsOfASessionThatHasEnded() throws Exception {
        start("enforce");
        try (UdpClient client = loggedIn()) {
            allocate(client);
            host.users().disconnect(romeo);
            assertThat(error(client.ask(StunMethod.REFRESH))).isEqualTo(401);
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> relay.allocations() == 0);
        }
    }

    @Test
    void endsTheCallsOfAnAccountThatHasEnded() throws Exception {
        start("enforce");
        try (UdpClient client = loggedIn()) {
            allocate(client);
            host.users().delete(romeo.asBareJID());
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> relay.allocations() == 0);
        }
    }

    @Test
    void stopsWithoutATrace() throws Exception {
        int listeners = host.properties().listeners();
        start("enforce");
        try (UdpClient client = loggedIn()) {
            allocate(client);
            relay.close();
        }
        assertThat(relay.allocations()).isZero();
        assertThat(host.properties().listeners()).isEqualTo(listeners);
        assertThat(ask().getType()).isEqualTo(IQ.Type.error);
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("bastion-relay")));
    }

    @Test
    void theSecretIsKeptAndShownNowhere() throws Exception {
        start("enforce");
        String secret = host.properties().get(RelaySecret.KEY);
        assertThat(secret).hasSizeGreaterThanOrEqualTo(40);
        assertThat(audit.toString() + health.all() + ask().toXML()).doesNotContain(secret);
        set("mode", "off");
        set("mode", "enforce");
        assertThat(host.properties().get(RelaySecret.KEY)).isEqualTo(secret);
    }

    private void start(String mode) {
        set("listen-address", "127.0.0.1");
        set("external-address", "127.0.0.1");
        set("port", String.valueOf(port));
        set("tls-port", "0");
        set("mode", mode);
        relay.start();
    }

    private void set(String name, String value) {
        host.properties().set("plugin.bastion.relay." + name, value);
    }

    private InetSocketAddress server() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** One that neither UDP nor TCP uses, and that is not among the relayed ones. */
    static int freePort() throws IOException {
        while (true) {
            try (ServerSocket tcp = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                    DatagramSocket udp = new DatagramSocket(tcp.getLocalSocketAddress())) {
                int found = udp.getLocalPort();
                if (found < RelaySettings.MIN_PORT.defaultValue() || found > RelaySettings.MAX_PORT.defaultValue()) {
                    return found;
                }
            } catch (BindException taken) {
                // By UDP: the next one.
            }
        }
    }

    private IQ ask() {
        return host.iqServices().ask(request());
    }

    private IQ request() {
        IQ request = new IQ(IQ.Type.get);
        request.setFrom(romeo);
        request.setTo(MemoryHost.DOMAIN);
        request.setChildElement("services", "urn:xmpp:extdisco:2");
        return request;
    }

    private List<Element> services() {
        return ask().getChildElement().elements("service");
    }

    private UdpClient loggedIn() throws IOException {
        Element turn = services().get(1);
        UdpClient client = new UdpClient(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(turn.attributeValue("port"))));
        client.login(turn.attributeValue("username"), turn.attributeValue("password"));
        return client;
    }

    private static InetSocketAddress allocate(UdpClient client) throws Exception {
        StunMessage answer = client.ask(StunMethod.ALLOCATE, UDP);
        return XorAddressAttribute.read(answer.first(AttributeType.XOR_RELAYED_ADDRESS), answer.transactionId());
    }

    private static int error(StunMessage answer) throws Exception {
        return ErrorCodeAttribute.read(answer.first(AttributeType.ERROR_CODE));
    }

    private static ByteBuffer sendIndication(InetSocketAddress peer, String text) {
        TransactionId id = new TransactionId(1, 2, 3);
        ByteBuffer out = ByteBuffer.allocate(500);
        new StunMessageEncoder(out)
                .message(new StunMessage(
                        StunClass.INDICATION,
                        StunMethod.SEND,
                        id,
                        List.of(
                                XorAddressAttribute.of(AttributeType.XOR_PEER_ADDRESS, peer, id),
                                new StunAttribute(AttributeType.DATA, text.getBytes(US_ASCII)))));
        return out.flip();
    }

    private static ByteBuffer channelData(String text) {
        byte[] bytes = text.getBytes(US_ASCII);
        return ByteBuffer.allocate(4 + bytes.length)
                .putShort((short) 0x4001)
                .putShort((short) bytes.length)
                .put(bytes)
                .flip();
    }
}
