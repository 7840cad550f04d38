// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.bastion.certificate.TestCertificate;
import im.bastion.certificate.TestIdentity;
import im.bastion.certificate.TestKeys;
import im.bastion.e2e.Peers;
import im.bastion.e2e.peer.PeerCertificates;
import im.bastion.e2e.peer.ProsodyPeer;
import im.bastion.e2e.peer.ProsodyPeer.Domain;
import im.bastion.e2e.server.AdminSession;
import im.bastion.e2e.server.FreePorts;
import im.bastion.e2e.server.Identity;
import im.bastion.e2e.server.OpenfireServer;
import im.bastion.e2e.server.ServerOptions;
import im.bastion.e2e.server.ServerUnderTest;
import im.bastion.federation.tester.dns.SignedDns;
import java.io.IOException;
import java.security.KeyPair;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Prosody with good and bad certificates, and without TLS, tested over the console of a real Openfire. */
class PeerTestE2E {
    private static final String DOMAIN = "home.test";
    private static final String PAGE = "plugins/bastion/bastion-test.jsp";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int PORT = FreePorts.on("127.0.0.1", 1).get(0);
    private static final PeerCertificates CERTIFICATES = new PeerCertificates();
    /** Such as most systems have: without signatures. */
    private static final SignedDns DNS = new SignedDns().withoutSignatures();

    private static ProsodyPeer prosody;

    @RegisterExtension
    static final ServerUnderTest SERVER = ServerUnderTest.own(options());

    private static ServerOptions options() {
        TestIdentity identity = CERTIFICATES.good(DOMAIN);
        return ServerOptions.defaults()
                .domain(DOMAIN)
                .identity(new Identity(identity.key(), identity.chain()))
                .trust(CERTIFICATES.authority())
                .property(
                        "plugin.bastion.federation.test-resolver",
                        "127.0.0.1#" + DNS.address().getPort())
                .property("plugin.bastion.federation.test-networks", "127.0.0.1")
                .bastion();
    }

    @BeforeAll
    static void startProsody() throws IOException {
        KeyPair keys = TestKeys.make();
        TestIdentity expired = TestCertificate.of("expired.test")
                .dns("expired.test")
                .valid(Instant.parse("2001-01-01T00:00:00Z"), Instant.parse("2002-01-01T00:00:00Z"))
                .issuedBy(CERTIFICATES.issuer(), keys);
        TestIdentity selfSigned =
                TestCertificate.of("self.test").dns("self.test").selfSigned(keys);
        prosody = new ProsodyPeer(
                Peers.require("prosody"),
                List.of(
                        new Domain("good.test", CERTIFICATES.good("good.test")),
                        new Domain("expired.test", expired),
                        new Domain("self.test", selfSigned),
                        new Domain("plain.test", null)),
                PORT,
                CERTIFICATES);
        DNS.put("host.test", "A 127.0.0.1");
        for (String domain : List.of("good.test", "expired.test", "self.test", "plain.test")) {
            DNS.put("_xmpp-server._tcp." + domain, "SRV 0 5 " + PORT + " host.test.");
        }
    }

    @AfterAll
    static void stop() throws IOException {
        if (prosody != null) {
            prosody.close();
        }
        DNS.close();
    }

    private static OpenfireServer server() {
        return SERVER.get();
    }

    private static AdminSession.Page ask(String domain) throws IOException {
        AdminSession admin = server().admin();
        return admin.post(PAGE, Map.of("csrf", admin.get(PAGE).field("csrf"), "domain", domain));
    }

    private static String page(String domain) throws IOException {
        return server().admin().get(PAGE + "?domain=" + domain).body();
    }

    private static String tested(String domain) throws IOException {
        AdminSession.Page landed = ask(domain);
        assertThat(landed.uri().getQuery()).as(landed.body()).contains("done=", "domain=" + domain);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(page(domain)).contains("id=\"test-grade\"", "id=\"test-history\""));
        return page(domain);
    }

    @Test
    void aGoodPeerIsShownWithAllThatWasFoundAndNoSessionIsTouched() throws IOException {
        String page = tested("good.test");

        assertThat(page)
                .contains(
                        "Grade A",
                        "Nothing to better.",
                        "TLSv1.3",
                        "host.test port " + PORT + ", at 127.0.0.1",
                        "Authority of the tests",
                        "works: a key that nobody made was refused",
                        "unknown: the name server in use hands out no signatures",
                        "TLS 1.0: refused")
                .containsPattern("SASL EXTERNAL for us</dt><dd>offered")
                .containsPattern("\\d+ ms");
        assertThat(server().admin()
                        .get("plugins/bastion/bastion-federation.jsp")
                        .body())
                .contains("No other server is connected now.");
        assertThat(server().admin().get("plugins/bastion/bastion-overview.jsp").body())
                .contains("peer-tested", "good.test");
        assertThat(ask("good.test").body()).contains("Too often");
    }

    @ParameterizedTest
    @CsvSource({
        "expired.test, Grade T, expired on 2002-01-01",
        "self.test, Grade T, its certificate is self-signed",
        "plain.test, Grade F, it does not offer STARTTLS"
    })
    void aBadPeerIsShownWithTheReason(String domain, String grade, String reason) throws IOException {
        assertThat(tested(domain)).contains(grade, reason);
    }

    @Test
    void aNameThatLeadsInsideIsNotFollowed() throws IOException {
        DNS.put("_xmpp-server._tcp.inside.test", "SRV 0 5 22 metadata.test.").put("metadata.test", "A 169.254.169.254");

        assertThat(tested("inside.test")).contains("Grade F", "169.254.169.254 port 22", "is not public");
    }

    @Test
    void nothingIsTestedWithoutTheTokenOfThePage() throws IOException {
        AdminSession.Page answer = server().admin().post(PAGE, Map.of("domain", "never.test"));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(page("never.test")).contains("No test is kept yet.");
        assertThat(ask(DOMAIN).body()).contains("a domain of this server itself");
    }
}
