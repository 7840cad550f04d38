// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.relay;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.e2e.client.XmppClient;
import im.bastion.e2e.server.AdminSession;
import im.bastion.e2e.server.OpenfireServer;
import im.bastion.e2e.server.ServerUnderTest;
import im.bastion.relay.UdpClient;
import im.bastion.relay.stun.StunMethod;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.dom4j.Element;
import org.jivesoftware.smack.packet.IQ;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two clients call each other over their server; coturn's tools are the media. */
class CallsE2E {
    private static final String PREFIX = "plugin.bastion.calls.";
    private static final String PAGE = "plugins/bastion/bastion-calls.jsp";
    private static final String DTLS =
            "<fingerprint xmlns='urn:xmpp:jingle:apps:dtls:0' hash='sha-256' setup='actpass'>02:1A:CC</fingerprint>";
    private static final String HOST =
            "<candidate component='1' foundation='1' generation='0' id='a' ip='127.0.0.1' network='1' port='8998' priority='1' protocol='udp' type='host'/>";
    private static final String RELAYED =
            "<candidate component='1' foundation='2' generation='0' id='b' ip='203.0.113.9' network='1' port='49160' priority='1' protocol='udp' rel-addr='192.0.2.3' rel-port='45664' type='relay'/>";

    @RegisterExtension
    static final ServerUnderTest SERVER = ServerUnderTest.shared(RelaySite.OPTIONS);

    private final String sid = "call-" + System.nanoTime();
    private Caller romeo;
    private Caller juliet;

    @BeforeEach
    void connect() throws Exception {
        // Resources of their own: the server may still be taking leave of those of the test before.
        romeo = Caller.connect(server(), "romeo", "orchard-" + sid);
        juliet = Caller.connect(server(), "juliet", "balcony-" + sid);
        server().setProperty(PREFIX + "mode", "enforce");
    }

    @AfterEach
    void disconnect() throws Exception {
        for (String setting : List.of("mode", "media-encryption", "signalled-peers", "relay-only")) {
            server().setProperty(PREFIX + setting, setting.equals("relay-only") ? "off" : "observe");
        }
        romeo.close();
        juliet.close();
    }

    @Test
    void aCallWithoutEncryptionEndsWhenItIsAcceptedAndBothHearWhy() throws Exception {
        server().setProperty(PREFIX + "media-encryption", "enforce");
        says(romeo, juliet, "session-initiate", "");
        juliet.heard("session-initiate");

        IQ error = juliet.client().request("set", romeo.jid(), jingle("session-accept", content("")));

        assertThat(error.getType()).isEqualTo(IQ.Type.error);
        assertThat(error.toXML().toString())
                .contains("not-acceptable", "crypto-required", "calls.missing-encryption", "DTLS-SRTP");
        for (Caller each : List.of(romeo, juliet)) {
            assertThat(each.heard("session-terminate")).contains("security-error", "must be encrypted");
        }
        assertThat(romeo.requests()).noneMatch(request -> request.contains("session-accept"));
    }

    @Test
    void anEncryptedCallIsConnectedAndTheConsoleShowsIt() throws Exception {
        server().setProperty(PREFIX + "media-encryption", "enforce");
        says(romeo, juliet, "session-initiate", DTLS);
        juliet.heard("session-initiate");
        says(juliet, romeo, "session-accept", DTLS);
        romeo.heard("session-accept");

        assertThat(server().admin().get(PAGE).body()).contains(romeo.jid(), juliet.jid(), "Goes on", "Audio");
    }

    @Test
    void theRelayReachesWhatALiveCallHasNamedAndNothingElse() throws Exception {
        server().setProperty(PREFIX + "signalled-peers", "enforce");
        int echo = RelaySite.freePort();
        Element turn = Offer.to(romeo.client(), server().domain()).service("turn");
        InetSocketAddress peer = new InetSocketAddress(InetAddress.getLoopbackAddress(), echo);
        try (AutoCloseable running = Turnutils.echo(echo);
                UdpClient client = RelaySite.client(turn, turn.attributeValue("password"))) {
            assertThat(running).isNotNull();
            assertThat(RelaySite.allocate(client)).isZero();
            assertThat(permit(client, peer)).isEqualTo(403);

            says(romeo, juliet, "session-initiate", HOST);
            juliet.heard("session-initiate");
            assertThat(permit(client, peer)).isZero();
            Traffic traffic = new Turnutils(turn).traffic("-e", "127.0.0.1", "-r", String.valueOf(echo));
            assertThat(traffic.received()).as(traffic.output()).isEqualTo(40);

            says(juliet, romeo, "session-terminate", "");
            romeo.heard("session-terminate");
            assertThat(permit(client, peer)).isEqualTo(403);
        }
    }

    @Test
    void whereThePeopleOfThisServerAreIsHidden() throws Exception {
        server().setProperty(PREFIX + "relay-only", "all");
        says(romeo, juliet, "session-initiate", DTLS + HOST + RELAYED);

        assertThat(juliet.heard("session-initiate"))
                .contains("203.0.113.9", "fingerprint")
                .doesNotContain("127.0.0.1")
                .doesNotContain("192.0.2.3");
    }

    @Test
    void theConsoleChangesWhatCallsMustBeLike() throws Exception {
        AdminSession admin = server().admin();
        Map<String, String> form = Map.of(
                "csrf",
                admin.get(PAGE).field("csrf"),
                "action",
                "choose",
                "media",
                "ENFORCE",
                "domains",
                "old.example=observe",
                "signalled",
                "OBSERVE",
                "relay-only",
                "OFF");
        admin.post(PAGE, form);
        try {
            Awaitility.await().atMost(XmppClient.PATIENCE).until(() -> "enforce"
                    .equals(server().property(PREFIX + "media-encryption")));
            assertThat(server().property(PREFIX + "media-encryption-domains")).isEqualTo("old.example=observe");
        } finally {
            server().setProperty(PREFIX + "media-encryption-domains", "");
        }
    }

    private void says(Caller from, Caller to, String action, String inTransport) throws Exception {
        from.client()
                .send("<iq type='set' id='%s' to='%s'>%s</iq>"
                        .formatted(XmppClient.nextId(), to.jid(), jingle(action, content(inTransport))));
    }

    private String jingle(String action, String contents) {
        return "<jingle xmlns='urn:xmpp:jingle:1' action='%s' sid='%s'>%s</jingle>".formatted(action, sid, contents);
    }

    private static String content(String inTransport) {
        return """
                <content creator='initiator' name='voice'><description xmlns='urn:xmpp:jingle:apps:rtp:1' media='audio'>\
                <payload-type id='111' name='opus' clockrate='48000' channels='2'/></description>\
                <transport xmlns='urn:xmpp:jingle:transports:ice-udp:1' pwd='asd88fgpdd777uzjYhagZg' ufrag='8hhy'>%s</transport>\
                </content>"""
                .formatted(inTransport);
    }

    private static int permit(UdpClient client, InetSocketAddress peer) throws Exception {
        return RelaySite.code(client.askAbout(peer, StunMethod.CREATE_PERMISSION));
    }

    private static OpenfireServer server() {
        return SERVER.get();
    }
}
