// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.bastion.certificate.TestIdentity;
import im.bastion.e2e.client.XmppClient;
import im.bastion.e2e.peer.Face;
import im.bastion.e2e.peer.PeerCertificates;
import im.bastion.e2e.peer.RoguePeer;
import im.bastion.e2e.peer.RoguePeer.Received;
import im.bastion.e2e.server.AdminSession;
import im.bastion.e2e.server.FreePorts;
import im.bastion.e2e.server.Identity;
import im.bastion.e2e.server.OpenfireServer;
import im.bastion.e2e.server.ServerOptions;
import im.bastion.e2e.server.ServerUnderTest;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jivesoftware.smack.packet.Message;

/**
 * The one server that the classes here share, with the scripted peer that is every domain but those of the real ones. The
 * server by itself would let stanzas out in clear text: 4.2.0 does so even when TLS is required, later ones when it is
 * optional. A rule for everybody demands TLS 1.2 and a valid certificate.
 */
final class FederationSite {
    static final String DOMAIN = "home.test";
    static final String ROMEO = "romeo@" + DOMAIN;
    static final String RULE = "federation.everybody";
    static final String POLICY = "plugins/bastion/bastion-policy.jsp";
    static final String PROSODY = "prosody.test";
    static final Duration PATIENCE = Duration.ofSeconds(30);
    static final PeerCertificates CERTIFICATES = new PeerCertificates();
    /** Runs until the last class is over: which one that is nobody knows. */
    static final RoguePeer ROGUE = new RoguePeer(CERTIFICATES, "127.0.0.1");

    private static final List<Integer> PORTS = FreePorts.on("127.0.0.1", 5);
    static final int PROSODY_PORT = PORTS.get(0);
    static final int PROSODY_FACES_PORT = PORTS.get(1);
    static final List<Integer> EJABBERD_PORTS = PORTS.subList(2, 4);
    /** Where the server takes direct TLS from others; 4.2.0 knows no such thing. */
    static final int DIRECT_TLS_PORT = PORTS.get(4);

    static final ServerUnderTest SERVER = ServerUnderTest.shared(options());

    private static final String TLS_POLICY = "xmpp.server.tls.policy";
    private static boolean ruled;

    private FederationSite() {}

    private static ServerOptions options() {
        TestIdentity identity = CERTIFICATES.good(DOMAIN);
        StringBuilder dns = new StringBuilder("{%s,127.0.0.1:%d},".formatted(PROSODY, PROSODY_PORT));
        for (Face face : Face.values()) {
            dns.append("{%s,127.0.0.1:%d},".formatted(face.domain("prosody"), PROSODY_FACES_PORT));
            dns.append("{%s,127.0.0.1:%d},".formatted(face.domain("ejabberd"), EJABBERD_PORTS.get(0)));
        }
        ServerOptions options = ServerOptions.defaults()
                .domain(DOMAIN)
                .identity(new Identity(identity.key(), identity.chain()))
                .trust(CERTIFICATES.authority())
                .user("romeo", "romeo-secret-1")
                .property("dnsutil.dnsOverride", dns + "{*,127.0.0.1:" + ROGUE.port() + "}")
                .property("xmpp.server.cert.policy", "wanted")
                .property("xmpp.server.socket.ssl.active", "true")
                .property("xmpp.server.socket.ssl.port", String.valueOf(DIRECT_TLS_PORT))
                .property("xmpp.server.read.timeout", "5000")
                .property("plugin.bastion.federation.mode", "off")
                .property("plugin.bastion.federation.retry-pause", "0")
                .bastion();
        return options.property(TLS_POLICY, leakyPolicy(options.distribution().isFourTwo()));
    }

    /** The strictest one with which a stock server of that generation leaks. */
    private static String leakyPolicy(boolean fourTwo) {
        return fourTwo ? "required" : "optional";
    }

    static OpenfireServer server() {
        return SERVER.get();
    }

    /** Makes the rule for everybody unless there is one; whoever asks first also begins the {@link UnconfirmedChange}. */
    static void makeTheRules() throws Exception {
        if (!ruled) {
            save(Map.of("rule", "everybody", "peers", "*", "certificate", "valid", "tls", "1.2"));
            UnconfirmedChange.begin();
            ruled = true;
        }
    }

    /** Saves a new rule of the policy, in enforce and for both directions. */
    static void save(Map<String, String> rule) throws IOException {
        AdminSession admin = server().admin();
        Map<String, String> fields = new HashMap<>(Map.of(
                "csrf",
                admin.get(POLICY).field("csrf"),
                "action",
                "rule",
                "version",
                "0",
                "mode",
                "ENFORCE",
                "direction",
                "both",
                "dialback",
                "on"));
        fields.putAll(rule);
        AdminSession.Page done = admin.post(POLICY, fields);
        assertThat(done.uri().getQuery()).as(done.body()).contains("done=");
    }

    /** A rule that no peer there is can meet. */
    static void pinNobody(String rule, String domain, Map<String, String> more) throws IOException {
        Map<String, String> fields = new HashMap<>(more);
        fields.putAll(
                Map.of("rule", rule, "peers", domain, "certificate", "pinned", "pins", domain + " " + "0".repeat(64)));
        save(fields);
    }

    static void mode(String mode) throws IOException {
        server().setProperty("plugin.bastion.federation.mode", mode);
    }

    static void tls(String policy) throws IOException {
        server().setProperty(TLS_POLICY, policy);
    }

    static void restoreTheTlsPolicy() throws IOException {
        tls(leakyPolicy(server().isFourTwo()));
    }

    static String overview() throws IOException {
        return server().admin().get("plugins/bastion/bastion-overview.jsp").body();
    }

    static String message(String fromDomain, String body) {
        return "<message from='juliet@%s' to='%s' type='chat'><body>%s</body></message>"
                .formatted(fromDomain, ROMEO, body);
    }

    /** Sends a message to the scripted peer and waits for what becomes of it: the error, or null when it has arrived. */
    static Message say(String domain, String body) throws Exception {
        try (XmppClient romeo = XmppClient.connect(server(), "romeo", "out")) {
            return say(romeo, domain, body);
        }
    }

    /** The same by a client that is there already. */
    static Message say(XmppClient romeo, String domain, String body) throws Exception {
        int before = messages(domain).size();
        String id = romeo.sendMessage("juliet@" + domain, "chat", body);
        await().atMost(PATIENCE)
                .until(() ->
                        messages(domain).size() > before || !errors(romeo, id).isEmpty());
        romeo.sync();
        List<Message> errors = errors(romeo, id);
        assertThat(errors).as(ROGUE.log(domain)).hasSizeLessThanOrEqualTo(1);
        return errors.isEmpty() ? null : errors.get(0);
    }

    /** The messages that have reached the scripted peer. */
    static List<Received> messages(String domain) {
        return ROGUE.received(domain).stream()
                .filter(received -> received.stanza().startsWith("<message"))
                .toList();
    }

    /** The errors that answered the message of that id. */
    static List<Message> errors(XmppClient client, String id) {
        return client.received().stream()
                .filter(stanza -> stanza instanceof Message && id.equals(stanza.getStanzaId()))
                .map(Message.class::cast)
                .filter(message -> message.getType() == Message.Type.error)
                .toList();
    }

    /** The texts of the messages the client has received. */
    static List<String> bodies(XmppClient client) {
        return client.received().stream()
                .filter(stanza -> stanza instanceof Message)
                .map(stanza -> String.valueOf(((Message) stanza).getBody()))
                .toList();
    }
}
