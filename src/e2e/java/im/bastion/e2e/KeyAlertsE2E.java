// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.bastion.certificate.TestCertificate;
import im.bastion.certificate.TestIdentity;
import im.bastion.certificate.TestKeys;
import im.bastion.e2e.client.XmppClient;
import im.bastion.e2e.peer.PeerCertificates;
import im.bastion.e2e.peer.RoguePeer;
import im.bastion.e2e.peer.Trick;
import im.bastion.e2e.server.AdminSession;
import im.bastion.e2e.server.Identity;
import im.bastion.e2e.server.OpenfireServer;
import im.bastion.e2e.server.ServerOptions;
import im.bastion.e2e.server.ServerUnderTest;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A peer that changes its key, one whose encryption somebody strips, and this server's own certificate. */
class KeyAlertsE2E {
    private static final String DOMAIN = "home.test";
    private static final String ALERTS = "plugins/bastion/bastion-alerts.jsp";
    private static final String LIVE = "plugins/bastion/bastion-federation.jsp";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final PeerCertificates CERTIFICATES = new PeerCertificates();
    private static final RoguePeer ROGUE = new RoguePeer(CERTIFICATES, "127.0.0.1");

    @RegisterExtension
    static final ServerUnderTest SERVER = ServerUnderTest.own(options());

    /** With a certificate that is for servers only, and a TLS policy with which that generation leaks when it is stripped. */
    private static ServerOptions options() {
        TestIdentity identity = TestCertificate.of(DOMAIN)
                .dns(DOMAIN)
                .usage("1.3.6.1.5.5.7.3.1")
                .issuedBy(CERTIFICATES.issuer(), TestKeys.make());
        ServerOptions options = ServerOptions.defaults()
                .domain(DOMAIN)
                .identity(new Identity(identity.key(), identity.chain()))
                .trust(CERTIFICATES.authority())
                .user("romeo", "romeo-secret-1")
                .property("dnsutil.dnsOverride", "{*,127.0.0.1:%d}".formatted(ROGUE.port()))
                .property("xmpp.server.read.timeout", "5000")
                .bastion();
        return options.property("xmpp.server.tls.policy", options.distribution().isFourTwo() ? "required" : "optional");
    }

    @AfterAll
    static void stopTheRogue() throws IOException {
        ROGUE.close();
    }

    private static OpenfireServer server() {
        return SERVER.get();
    }

    @Test
    void aChangedKeyIsToldOnceSurvivesAReloadAndCanBePinned() throws Exception {
        String domain = Trick.HONEST.domain();
        meet(domain);
        CERTIFICATES.changeKey(domain);
        part(domain);
        meet(domain);
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(alerts()).contains(domain, "New key<"));

        server().reloadPlugin("bastion");
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(alerts()).contains(domain, "New key<"));
        assertThat(alerts().split(Pattern.quote(">" + domain + "<"), -1)).hasSize(2);
        String pin = key(domain);
        AdminSession.Page done = decide(domain, Map.of("action", "pin", "next", "b".repeat(64)));

        assertThat(done.uri().getQuery()).as(done.body()).contains("done=");
        assertThat(alerts()).doesNotContain(domain);
        assertThat(server().admin().get("plugins/bastion/bastion-policy.jsp").body())
                .contains("federation.pin-" + domain.replace('.', '-'), pin, "b".repeat(64));
        assertThat(server().admin()
                        .get("plugins/bastion/bastion-peers.jsp?domain=" + domain)
                        .body())
                .contains("pinned by", "Authority of the tests");
    }

    @Test
    void encryptionThatIsStrippedIsToldAsAnErrorAndCanBeDismissed() throws Exception {
        String domain = Trick.CLOSE_IN_HANDSHAKE.domain();
        ROGUE.mend(domain);
        meet(domain);
        ROGUE.relapse(domain);
        part(domain);
        meet(domain);

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(alerts()).contains(domain, "No encryption any more"));
        assertThat(overview()).contains("alerts about keys and certificates need a decision", "key-alert");
        AdminSession.Page done = decide(domain, Map.of("action", "dismiss"));
        assertThat(done.uri().getQuery()).as(done.body()).contains("done=");
        assertThat(alerts()).doesNotContain(domain);
    }

    @Test
    void theOwnCertificateThatIsNotForClientsIsTold() {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(alerts() + alerts("?show=all"))
                .contains("Own certificate is not for clients", "serverAuth"));
    }

    /** Sends a message and waits until the peer has it and the console knows the session. */
    private static void meet(String domain) throws Exception {
        int before = ROGUE.received(domain).size();
        try (XmppClient romeo = XmppClient.connect(server(), "romeo", "out")) {
            romeo.sendMessage("juliet@" + domain, "chat", "hello");
            await().atMost(PATIENCE).until(() -> ROGUE.received(domain).size() > before);
        }
    }

    /** The peer hangs up, and the server has noticed. */
    private static void part(String domain) throws IOException {
        // What is not written down yet would be lost if the session were gone before it was looked at.
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(server().admin()
                        .get("plugins/bastion/bastion-peers.jsp?domain=" + domain)
                        .body())
                .contains("First and last connection that began with it"));
        ROGUE.hangUp();
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(server().admin().get(LIVE).body()).doesNotContain(domain));
    }

    private static AdminSession.Page decide(String domain, Map<String, String> fields) throws IOException {
        AdminSession admin = server().admin();
        AdminSession.Page page = admin.get(ALERTS);
        Matcher id = Pattern.compile(">" + Pattern.quote(domain) + "<.*?name=\"id\" value=\"([^\"]+)\"", Pattern.DOTALL)
                .matcher(page.body());
        assertThat(id.find()).as(page.body()).isTrue();
        Map<String, String> form = new HashMap<>(fields);
        form.put("csrf", page.field("csrf"));
        form.put("id", id.group(1));
        return admin.post(ALERTS, form);
    }

    /** SHA-256 of the key the domain has now, as the page of alerts shows it. */
    private static String key(String domain) throws IOException {
        Matcher hash = Pattern.compile(">" + Pattern.quote(domain) + "<.*?>now<.*?([0-9a-f]{64})", Pattern.DOTALL)
                .matcher(alerts());
        assertThat(hash.find()).isTrue();
        return hash.group(1);
    }

    private static String alerts() throws IOException {
        return alerts("");
    }

    private static String alerts(String query) throws IOException {
        return server().admin().get(ALERTS + query).body();
    }

    private static String overview() throws IOException {
        return server().admin().get("plugins/bastion/bastion-overview.jsp").body();
    }
}
