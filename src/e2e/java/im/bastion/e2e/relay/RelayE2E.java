// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.relay;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.e2e.client.XmppClient;
import im.bastion.e2e.server.OpenfireServer;
import im.bastion.e2e.server.ServerOptions;
import im.bastion.e2e.server.ServerUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.stream.Stream;
import org.dom4j.Element;
import org.jivesoftware.smack.packet.IQ;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that know nothing but their server find its relay and call each other through it. */
class RelayE2E {
    private static final String PREFIX = "plugin.bastion.relay.";
    private static final int PORT = freePort();

    @RegisterExtension
    static final ServerUnderTest SERVER = ServerUnderTest.own(ServerOptions.defaults()
            .user("romeo", "romeo-secret-1")
            .user("juliet", "juliet-secret-1")
            .property(PREFIX + "mode", "enforce")
            .property(PREFIX + "listen-address", "127.0.0.1")
            .property(PREFIX + "port", String.valueOf(PORT))
            .property(PREFIX + "allow-loopback-peers", "true")
            .bastion());

    @Test
    void theServerOffersStunAndTurnAndAnnouncesThatItDoes() throws Exception {
        try (XmppClient romeo = XmppClient.connect(server(), "romeo", "orchard")) {
            IQ info = romeo.request("get", server().domain(), "<query xmlns='http://jabber.org/protocol/disco#info'/>");
            Offer offer = Offer.to(romeo, server().domain());

            assertThat(info.toXML().toString()).contains("urn:xmpp:extdisco:2").contains("urn:xmpp:extdisco:1");
            assertThat(offer.services())
                    .extracting(service -> service.attributeValue("type"))
                    .containsExactly("stun", "turn");
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

    @ParameterizedTest
    @ValueSource(strings = {"by channel", "by Send indication -s", "with padding -D", "with extra requests -G"})
    void aClientReachesAPeerAndBack(String way) throws Exception {
        int echo = freePort();
        try (AutoCloseable peer = Turnutils.echo(echo)) {
            assertThat(peer).isNotNull();
            assertComplete(new Turnutils(offered("romeo", "turn"))
                    .traffic(with(way, "-e", "127.0.0.1", "-r", String.valueOf(echo))));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"by channel", "by Send indication -s", "after bad requests -N"})
    void twoRelayedClientsReachEachOther(String way) throws Exception {
        assertComplete(new Turnutils(offered("juliet", "turn")).traffic(with(way, "-y")));
    }

    @Test
    void aWrongPasswordGetsNothing() throws Exception {
        assertThat(new Turnutils(offered("romeo", "turn"))
                        .trafficWith("wrong", "-y")
                        .received())
                .isNotPositive();
    }

    @Test
    void servicesOfThisMachineAreOutOfReachUnlessATestAllowsIt() throws Exception {
        int echo = freePort();
        server().setProperty(PREFIX + "allow-loopback-peers", "false");
        try (AutoCloseable peer = Turnutils.echo(echo)) {
            assertThat(peer).isNotNull();
            Turnutils romeo = new Turnutils(offered("romeo", "turn"));
            assertThat(romeo.traffic("-e", "127.0.0.1", "-r", String.valueOf(echo))
                            .output())
                    .contains("error 403");
            assertThat(romeo.traffic("-s", "-m", "1", "-n", "2", "-e", "127.0.0.1", "-r", String.valueOf(echo))
                            .received())
                    .isNotPositive();
            assertComplete(romeo.traffic("-y"));
        } finally {
            server().setProperty(PREFIX + "allow-loopback-peers", "true");
        }
    }

    @Test
    void theRelayStopsAndStartsWithItsSetting() throws Exception {
        server().setProperty(PREFIX + "mode", "off");
        try (XmppClient romeo = XmppClient.connect(server(), "romeo", "orchard")) {
            assertThat(Offer.to(romeo, server().domain()).services()).isEmpty();
            try (DatagramSocket free = new DatagramSocket(new InetSocketAddress(loopback(), PORT))) {
                assertThat(free.isBound()).isTrue();
            }
            server().setProperty(PREFIX + "mode", "enforce");
            assertThat(Offer.to(romeo, server().domain()).services()).hasSize(2);
        } finally {
            server().setProperty(PREFIX + "mode", "enforce");
        }
    }

    @Test
    void noLogHoldsTheSecretOrAPassword() throws Exception {
        String secret = server().property(PREFIX + "password-secret");
        String password = offered("romeo", "turn").attributeValue("password");

        assertThat(secret).hasSizeGreaterThanOrEqualTo(40);
        assertThat(server().log()).doesNotContain(secret).doesNotContain(password);
    }

    private static OpenfireServer server() {
        return SERVER.get();
    }

    private static Element offered(String user, String type) throws Exception {
        try (XmppClient client = XmppClient.connect(server(), user, "orchard")) {
            return Offer.to(client, server().domain()).service(type);
        }
    }

    private static void assertComplete(Traffic traffic) {
        assertThat(traffic.sent()).as(traffic.output()).isEqualTo(40);
        assertThat(traffic.received()).as(traffic.output()).isEqualTo(40);
    }

    /** The options, and the one at the end of the name of a way. */
    private static String[] with(String way, String... options) {
        String last = way.substring(way.lastIndexOf(' ') + 1);
        return last.startsWith("-")
                ? Stream.concat(Stream.of(options), Stream.of(last)).toArray(String[]::new)
                : options;
    }

    private static InetAddress loopback() {
        return InetAddress.getLoopbackAddress();
    }

    /** A free UDP port below those that relayed addresses have. */
    private static int freePort() {
        for (int i = 0; i < 1_000; i++) {
            try (DatagramSocket socket = new DatagramSocket(new InetSocketAddress(loopback(), 0))) {
                if (socket.getLocalPort() < 49_152) {
                    return socket.getLocalPort();
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        throw new AssertionError("no free UDP port below 49152");
    }
}
