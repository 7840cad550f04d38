// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.relay;

import static im.bastion.e2e.relay.RelaySite.PREFIX;
import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.e2e.client.XmppClient;
import im.bastion.e2e.server.OpenfireServer;
import im.bastion.e2e.server.ServerUnderTest;
import im.bastion.relay.UdpClient;
import im.bastion.relay.stun.AttributeType;
import im.bastion.relay.stun.FirstByteAttribute;
import im.bastion.relay.stun.StunMessage;
import im.bastion.relay.stun.StunMethod;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.dom4j.Element;
import org.jivesoftware.smack.packet.IQ;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Clients that know nothing but their server find its relay and call each other through it. */
class RelayE2E {
    private static final Map<String, XmppClient> CLIENTS = new HashMap<>();

    @RegisterExtension
    static final ServerUnderTest SERVER = ServerUnderTest.shared(RelaySite.OPTIONS);

    @Test
    void theServerOffersStunAndTurnAndAnnouncesThatItDoes() throws Exception {
        try (XmppClient romeo = XmppClient.connect(server(), "romeo", "orchard")) {
            IQ info = romeo.request("get", server().domain(), "<query xmlns='http://jabber.org/protocol/disco#info'/>");
            Offer offer = Offer.to(romeo, server().domain());

            assertThat(info.toXML().toString()).contains("urn:xmpp:extdisco:2").contains("urn:xmpp:extdisco:1");
            assertThat(offer.services())
                    .extracting(service -> service.attributeValue("type"))
                    .containsExactly("stun", "turn", "turn", "turns");
            assertThat(offer.service("turn").attributeValue("host")).isEqualTo("127.0.0.1");
            assertThat(offer.service("turn").attributeValue("username")).doesNotContain("romeo");
        }
    }

    @Test
    void theServerGivesTheCredentialOfOneService() throws Exception {
        try (XmppClient romeo = XmppClient.connect(server(), "romeo", "orchard")) {
            IQ answer = romeo.request(
                    "get",
                    server().domain(),
                    "<credentials xmlns='%s'><service type='turn' host='127.0.0.1'/></credentials>"
                            .formatted(Offer.NAMESPACE));

            assertThat(answer.getType()).isEqualTo(IQ.Type.result);
            assertThat(answer.toXML().toString()).contains("password=");
        }
    }

    @Test
    void stunTellsAClientItsAddress() throws Exception {
        assertThat(new Turnutils(offered("romeo", "stun")).stun()).contains("UDP reflexive addr: 127.0.0.1:");
    }

    /** By channel, by Send indication, padded, with extra requests, over TCP, and after moving to another address. */
    @Test
    void aClientReachesAPeerAndBackInEveryWay() throws Exception {
        int echo = RelaySite.freePort();
        Turnutils romeo = new Turnutils(offered("romeo", "turn"));
        String[] peer = {"-e", "127.0.0.1", "-r", String.valueOf(echo)};
        try (AutoCloseable running = Turnutils.echo(echo)) {
            assertThat(running).isNotNull();
            assertComplete(
                    romeo.start(peer),
                    romeo.start(with(peer, "-s")),
                    romeo.start(with(peer, "-D")),
                    romeo.start(with(peer, "-G")),
                    romeo.start(with(peer, "-t")),
                    romeo.start(with(peer, "-M")));
        }
    }

    /** By channel, by Send indication, after bad requests; over TLS and DTLS. */
    @Test
    void twoRelayedClientsReachEachOtherInEveryWay() throws Exception {
        Turnutils juliet = new Turnutils(offered("juliet", "turn"));
        Turnutils encrypted = new Turnutils(offered("juliet", "turns"));
        assertComplete(
                juliet.start("-y"),
                juliet.start("-y", "-s"),
                juliet.start("-y", "-N"),
                encrypted.start("-y", "-t", "-S"),
                encrypted.start("-y", "-S"));
    }

    @Test
    void pairsOfPortsAndTcpConnectionsOfPeersAreRelayed() throws Exception {
        TurnutilsRun connections = new Turnutils(offered("romeo", "turn")).startPlain("-T");
        // Without -c each client has a second relayed address, whose messages count too.
        assertThat(new Turnutils(offered("juliet", "turn"))
                        .startPairs("-y")
                        .finish()
                        .received())
                .isEqualTo(80);
        Traffic traffic = connections.finish();
        assertThat(traffic.received()).as(traffic.output()).isEqualTo(40);
    }

    @Test
    void bothFamiliesAreRelayedForOneClient() throws Exception {
        server().setProperty(PREFIX + "external-address", "127.0.0.1,::1");
        server().setProperty(PREFIX + "listen-address", "*");
        try {
            Element turn = offered("juliet", "turn");
            assertComplete(new Turnutils(turn).startPlain("-x", "-c", "-y"));
            // coturn's -Z asks with the number of a draft (0x8032), which RFC 8656 has not assigned.
            try (UdpClient juliet = RelaySite.client(turn, turn.attributeValue("password"))) {
                StunMessage both = juliet.ask(
                        StunMethod.ALLOCATE,
                        FirstByteAttribute.of(AttributeType.REQUESTED_TRANSPORT, 17),
                        FirstByteAttribute.of(AttributeType.ADDITIONAL_ADDRESS_FAMILY, 2));
                assertThat(both.attributes())
                        .filteredOn(attribute -> attribute.type() == AttributeType.XOR_RELAYED_ADDRESS)
                        .hasSize(2);
            }
        } finally {
            server().setProperty(PREFIX + "listen-address", "127.0.0.1");
            server().setProperty(PREFIX + "external-address", "");
        }
    }

    @Test
    void aWrongPasswordGetsNothing() throws Exception {
        try (UdpClient romeo = RelaySite.client(offered("romeo", "turn"), "wrong")) {
            assertThat(RelaySite.allocate(romeo)).isEqualTo(401);
        }
    }

    @Test
    void servicesOfThisMachineAreOutOfReachUnlessATestAllowsIt() throws Exception {
        int echo = RelaySite.freePort();
        server().setProperty(PREFIX + "allow-loopback-peers", "false");
        try (AutoCloseable peer = Turnutils.echo(echo)) {
            assertThat(peer).isNotNull();
            Turnutils romeo = new Turnutils(offered("romeo", "turn"));
            TurnutilsRun each = romeo.start("-y");
            assertThat(romeo.start("-e", "127.0.0.1", "-r", String.valueOf(echo))
                            .refusal("error 403")
                            .output())
                    .contains("error 403");
            assertThat(romeo.traffic("-s", "-m", "1", "-n", "2", "-e", "127.0.0.1", "-r", String.valueOf(echo))
                            .received())
                    .isNotPositive();
            assertComplete(each);
        } finally {
            server().setProperty(PREFIX + "allow-loopback-peers", "true");
        }
    }

    @Test
    void theRelayStopsAndStartsWithItsSetting() throws Exception {
        server().setProperty(PREFIX + "mode", "off");
        try (XmppClient romeo = XmppClient.connect(server(), "romeo", "orchard")) {
            assertThat(Offer.to(romeo, server().domain()).services()).isEmpty();
            try (DatagramSocket free =
                    new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), RelaySite.PORT))) {
                assertThat(free.isBound()).isTrue();
            }
            server().setProperty(PREFIX + "mode", "enforce");
            assertThat(Offer.to(romeo, server().domain()).services()).hasSize(4);
        } finally {
            server().setProperty(PREFIX + "mode", "enforce");
        }
    }

    @Test
    void aCredentialEndsWithItsSession() throws Exception {
        Element turn;
        try (XmppClient brief = XmppClient.connect(server(), "romeo", "brief")) {
            turn = Offer.to(brief, server().domain()).service("turn");
            assertComplete(new Turnutils(turn).start("-y"));
        }
        try (UdpClient late = RelaySite.client(turn, turn.attributeValue("password"))) {
            Awaitility.await().atMost(XmppClient.PATIENCE).until(() -> RelaySite.allocate(late), code -> code == 401);
        }
    }

    @Test
    void noLogHoldsTheSecretOrAPassword() throws Exception {
        String secret = server().property(PREFIX + "password-secret");
        String password = offered("romeo", "turn").attributeValue("password");

        assertThat(secret).hasSizeGreaterThanOrEqualTo(40);
        assertThat(server().log()).doesNotContain(secret).doesNotContain(password);
    }

    /** Clients stay connected: their credentials end with their sessions. */
    private static XmppClient connected(String user) throws Exception {
        if (!CLIENTS.containsKey(user)) {
            CLIENTS.put(user, XmppClient.connect(server(), user, "balcony"));
        }
        return CLIENTS.get(user);
    }

    @AfterAll
    static void disconnect() throws Exception {
        for (XmppClient each : CLIENTS.values()) {
            each.close();
        }
    }

    private static OpenfireServer server() {
        return SERVER.get();
    }

    private static Element offered(String user, String type) throws Exception {
        return Offer.to(connected(user), server().domain()).service(type);
    }

    private static void assertComplete(TurnutilsRun... runs) throws Exception {
        for (TurnutilsRun run : runs) {
            Traffic traffic = run.finish();
            String what = traffic.output();
            assertThat(traffic.sent()).as(what).isEqualTo(40);
            assertThat(traffic.received()).as(what).isEqualTo(40);
        }
    }

    private static String[] with(String[] options, String last) {
        return Stream.concat(Stream.of(options), Stream.of(last)).toArray(String[]::new);
    }
}
