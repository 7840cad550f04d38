// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.bastion.certificate.TestIdentity;
import im.bastion.e2e.client.XmppClient;
import im.bastion.e2e.peer.PeerCertificates;
import im.bastion.e2e.peer.RoguePeer;
import im.bastion.e2e.peer.Trick;
import im.bastion.e2e.server.AdminSession;
import im.bastion.e2e.server.Identity;
import im.bastion.e2e.server.OpenfireServer;
import im.bastion.e2e.server.ServerOptions;
import im.bastion.e2e.server.ServerUnderTest;
import im.bastion.encryption.Sample;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;

/**
 * The pages in a real browser, inside the console of a real Openfire. Pictures of them are left in {@code
 * target/screenshots}, or where the system property {@code bastion.screenshots} says.
 */
class ConsoleE2E {
    private static final int DESKTOP = 1280;
    private static final int PHONE = 360;
    private static final Duration LIVE = Duration.ofSeconds(30);

    private static final String DOMAIN = "home.test";
    private static final PeerCertificates CERTIFICATES = new PeerCertificates();
    private static final RoguePeer PEERS = new RoguePeer(CERTIFICATES, "127.0.0.1");

    @RegisterExtension
    static final ServerUnderTest SERVER = ServerUnderTest.own(options());

    private static Chromium browser;
    private final OpenfireServer server = SERVER.get();

    private static ServerOptions options() {
        TestIdentity identity = CERTIFICATES.good(DOMAIN);
        ServerOptions options = ServerOptions.defaults()
                .domain(DOMAIN)
                .identity(new Identity(identity.key(), identity.chain()))
                .trust(CERTIFICATES.authority())
                .user("romeo", "romeo-secret-1")
                .property("dnsutil.dnsOverride", "{*,127.0.0.1:" + PEERS.port() + "}")
                .property("plugin.bastion.federation.mode", "observe")
                .bastion();
        return options.property("xmpp.server.tls.policy", options.distribution().isFourTwo() ? "required" : "optional");
    }

    @BeforeAll
    static void logIn() throws IOException {
        OpenfireServer server = SERVER.get();
        String password = server.options().users().get(ServerOptions.ADMIN);
        browser = Chromium.start().logIn(server.console(), ServerOptions.ADMIN, password);
    }

    @AfterAll
    static void stop() throws IOException {
        if (browser != null) {
            browser.close();
        }
        PEERS.close();
    }

    @BeforeEach
    void sitAtADesk() {
        browser.width(DESKTOP);
        // Those of the test before: a refused form is one.
        var unused = browser.complaints();
    }

    @Test
    void theOverviewStandsInTheFrameOfTheConsole() throws IOException {
        browser.open(page("overview"));

        assertThat(browser.find(By.cssSelector("h1")).getText()).isEqualTo("Bastion Overview");
        assertThat(browser.find(By.linkText("Overview")).getDomProperty("href")).isEqualTo(page("overview") + "");
        assertThat(browser.find(By.id("bastion-status")).isDisplayed()).isTrue();
        assertThat(browser.text()).contains("Moderation", "OMEMO", "Federation", "Relay", "Bastion 0.");
        assertThat(browser.find(By.cssSelector("#capabilities tbody tr")).isDisplayed())
                .isTrue();
        assertThat(browser.run("return getComputedStyle(document.querySelector('.bastion-card')).display"))
                .isEqualTo("flex");
        assertThat(browser.complaints()).noneMatch(complaint -> complaint.contains("/plugins/bastion/"));
    }

    @Test
    void aModeSetOnTheOverviewActsAndStandsInTheAuditLog() throws IOException {
        server.setProperty("plugin.bastion.moderation.mode", "observe");
        browser.open(page("overview"));
        browser.choose("mode-moderation", "ENFORCE");
        browser.press(By.id("set-mode-moderation"));

        assertThat(browser.address()).endsWith("bastion-overview.jsp?done=mode-changed");
        assertThat(browser.text()).contains("The mode is changed and acts from now on.");
        assertThat(server.property("plugin.bastion.moderation.mode")).isEqualTo("enforce");
        await().atMost(LIVE).untilAsserted(() -> {
            browser.open(page("overview"));
            assertThat(browser.find(By.id("audit-entries")).getText())
                    .contains("mode-changed", "observe -> enforce", ServerOptions.ADMIN);
        });
        browser.photograph(server, "overview");
    }

    @Test
    void aRuleIsSavedAsANewVersion() throws IOException {
        browser.open(page("moderation"));
        browser.find(By.id("rule-phrases")).sendKeys("buy cheap pills\nfree <b>money</b>");
        browser.choose("rule-mode", "OBSERVE");
        browser.press(By.id("save-rule"));

        assertThat(browser.text()).contains("The rule is saved and acts from now on.", "Version 1, saved by admin");
        assertThat(browser.find(By.id("rule-phrases")).getDomProperty("value"))
                .isEqualTo("buy cheap pills\nfree <b>money</b>");
        browser.photograph(server, "moderation");
    }

    @Test
    void theFederationPageTakesARuleAndShowsWhatItMeansForWhoIsConnected() throws Exception {
        browser.open(page("federation"));
        assertThat(browser.text()).contains("No other server is connected now.");
        browser.open(page("policy"));
        browser.type("draft-rule", "everybody");
        browser.choose("draft-direction", "out");
        browser.choose("draft-mode", "ENFORCE");
        browser.press(By.id("save-rule"));
        assertThat(browser.text()).contains("The rule is saved and acts from now on.", "Version 1");
        browser.choose("preset", "bcp-195");
        browser.press(By.id("try-preset"));
        assertThat(browser.find(By.id("steps")).getText()).contains("federation.everybody", "forward-secrecy");
        browser.photograph(server, "policy");
        browser.open(page("federation"));

        String good = Trick.HONEST.domain();
        String plain = Trick.CLOSE_IN_HANDSHAKE.domain();
        try (XmppClient romeo = XmppClient.connect(SERVER.get(), "romeo", "console")) {
            romeo.sendMessage("juliet@" + good, "chat", "hello");
            romeo.sendMessage("juliet@" + plain, "chat", "hello");
            await().atMost(LIVE)
                    .untilAsserted(() -> assertThat(browser.text()).contains(good, plain, "1 of them fails the rule."));
        }
        assertThat(row(good)).contains("outgoing, from " + DOMAIN, "TLSv1.", "valid until", "Passes");
        assertThat(row(plain)).contains("None: plain text", "Dialback", "none sent", "Would be stopped");
        browser.photograph(server, "federation");
    }

    @Test
    void anEncryptionRuleIsTriedOnWhatWasSaidExplainedAndSaved() throws Exception {
        try (XmppClient romeo = XmppClient.connect(SERVER.get(), "romeo", "encryption")) {
            String note = "romeo@" + DOMAIN;
            romeo.sendMessage(note, "chat", "in clear");
            romeo.send("<message to='%s' type='chat'>%s</message>".formatted(note, Sample.omemo2()));
            romeo.sync();
        }
        browser.open(page("encryption"));
        browser.type("draft-rule", "everybody");
        browser.type("draft-domains", DOMAIN);
        browser.choose("draft-omemo-2", "require");
        browser.choose("draft-otr", "forbid");
        browser.type("pair-from", "romeo@" + DOMAIN);
        browser.type("pair-to", "juliet@elsewhere.test");

        browser.press(By.id("try-draft"));
        assertThat(browser.find(By.id("simulation")).getText())
                .contains("1 of the 1 conversations of the last 7 days", "1 of 2 messages", "encryption.everybody");
        browser.photograph(server, "encryption-trial");
        browser.press(By.id("explain"));
        assertThat(browser.find(By.id("explanation")).getText())
                .contains("by domain,", "no rule.", "requires end-to-end encryption with OMEMO 2");
        browser.photograph(server, "encryption-pair");

        browser.press(By.id("save-draft"));
        assertThat(browser.text()).contains("The rule is saved and acts from now on.", "required OMEMO 2;");
        assertThat(browser.find(By.id("chart-share")).getText()).contains("50 % were encrypted end to end.");
        assertThat(browser.complaints()).noneMatch(complaint -> complaint.contains("/plugins/bastion/"));
        browser.photograph(server, "encryption");
        browser.press(By.id("edit-everybody"));
        assertThat(browser.find(By.id("draft-domains")).getDomProperty("value")).isEqualTo(DOMAIN);
    }

    @Test
    void aSettingThatCannotBeUsedIsNamedWithoutAReload() throws IOException {
        browser.open(page("overview"));

        server.setProperty("plugin.bastion.omemo.mode", "sometimes");
        try {
            await().atMost(LIVE).untilAsserted(() -> assertThat(browser.text())
                    .contains("plugin.bastion.omemo.mode", "\"sometimes\"", "off, observe, enforce"));
            browser.photograph(server, "overview-trouble");
        } finally {
            server.setProperty("plugin.bastion.omemo.mode", "enforce");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "overview",
                "moderation",
                "encryption",
                "calls",
                "relay",
                "allocations",
                "omemo",
                "keys",
                "doctor",
                "federation",
                "peers",
                "test",
                "policy"
            })
    void eachPageFitsAPhone(String name) throws IOException {
        browser.width(PHONE).open(page(name));

        assertThat((Long) browser.run("return document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(PHONE);
        browser.photograph(server, name + "-phone");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "overview",
                "moderation",
                "encryption",
                "calls",
                "relay",
                "allocations",
                "omemo",
                "keys",
                "doctor",
                "federation",
                "peers",
                "test",
                "policy"
            })
    void aStrangerSeesTheLoginInstead(String name) throws IOException {
        AdminSession.Page answer = new AdminSession(server.console()).get(path(name));

        assertThat(answer.body()).doesNotContain("bastion-card");
        assertThat(answer.uri().getPath()).isEqualTo("/login.jsp");
    }

    @Test
    void aFormWithoutTheTokenOfThePageChangesNothing() throws IOException {
        String before = server.property("plugin.bastion.federation.mode");

        AdminSession.Page answer =
                server.admin().post(path("overview"), Map.of("guard", "federation", "mode", "OFF", "was", "OBSERVE"));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.body()).contains("This form is too old to be trusted.");
        assertThat(server.property("plugin.bastion.federation.mode")).isEqualTo(before);
    }

    private String row(String domain) {
        return browser.find(By.xpath("//table[@id='peers']/tbody/tr[td//bdi='" + domain + "']"))
                .getText();
    }

    private URI page(String name) {
        return server.console().resolve(path(name));
    }

    private static String path(String name) {
        return "plugins/bastion/bastion-" + name + ".jsp";
    }
}
