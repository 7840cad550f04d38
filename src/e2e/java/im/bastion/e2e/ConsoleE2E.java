// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.bastion.e2e.server.AdminSession;
import im.bastion.e2e.server.OpenfireServer;
import im.bastion.e2e.server.ServerOptions;
import im.bastion.e2e.server.ServerUnderTest;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;
import org.openqa.selenium.support.ui.Select;

/**
 * The pages in a real browser, inside the console of a real Openfire. Pictures of them are left in {@code
 * target/screenshots}, or where the system property {@code bastion.screenshots} says.
 */
class ConsoleE2E {
    private static final int DESKTOP = 1280;
    private static final int PHONE = 360;
    private static final Duration LIVE = Duration.ofSeconds(30);

    @RegisterExtension
    static final ServerUnderTest SERVER =
            ServerUnderTest.own(ServerOptions.defaults().bastion());

    private final OpenfireServer server = SERVER.get();
    private Chromium browser;

    @BeforeEach
    void logIn() throws IOException {
        browser = Chromium.start()
                .width(DESKTOP)
                .logIn(
                        server.console(),
                        ServerOptions.ADMIN,
                        server.options().users().get(ServerOptions.ADMIN));
    }

    @AfterEach
    void leave() {
        if (browser != null) {
            browser.close();
        }
    }

    @Test
    void theOverviewStandsInTheFrameOfTheConsole() throws IOException {
        browser.open(page("overview"));

        assertThat(browser.find(By.cssSelector("h1")).getText()).isEqualTo("Bastion Overview");
        assertThat(browser.find(By.linkText("Overview")).getDomProperty("href")).isEqualTo(page("overview") + "");
        assertThat(browser.find(By.id("bastion-status")).isDisplayed()).isTrue();
        assertThat(browser.text()).contains("Moderation", "OMEMO", "Federation", "Bastion " + version());
        assertThat(browser.find(By.cssSelector("#capabilities tbody tr")).isDisplayed())
                .isTrue();
        assertThat(browser.run("return getComputedStyle(document.querySelector('.bastion-card')).display"))
                .isEqualTo("flex");
        assertThat(browser.complaints()).isEmpty();
        photograph("overview");
    }

    @Test
    void aModeSetOnTheOverviewActsAndStandsInTheAuditLog() throws IOException {
        server.setProperty("plugin.bastion.moderation.mode", "observe");
        browser.open(page("overview"));
        choose("mode-moderation", "ENFORCE");
        browser.press(By.id("set-mode-moderation"));

        assertThat(browser.address()).endsWith("bastion-overview.jsp?done=mode-changed");
        assertThat(browser.text()).contains("The mode is changed and acts from now on.");
        assertThat(server.property("plugin.bastion.moderation.mode")).isEqualTo("enforce");
        await().atMost(LIVE).untilAsserted(() -> {
            browser.open(page("overview"));
            assertThat(browser.find(By.id("audit-entries")).getText())
                    .contains("mode-changed", "observe -> enforce", ServerOptions.ADMIN);
        });
        photograph("overview-after-change");
    }

    @Test
    void aRuleIsSavedAsANewVersion() throws IOException {
        browser.open(page("moderation"));
        browser.find(By.id("rule-phrases")).sendKeys("buy cheap pills\nfree <b>money</b>");
        choose("rule-mode", "OBSERVE");
        browser.press(By.id("save-rule"));

        assertThat(browser.text()).contains("The rule is saved and acts from now on.", "Version 1, saved by admin");
        assertThat(browser.find(By.id("rule-phrases")).getDomProperty("value"))
                .isEqualTo("buy cheap pills\nfree <b>money</b>");
        photograph("moderation");
    }

    @Test
    void theFederationPageTellsWhoIsConnectedAndTakesARule() throws IOException {
        browser.open(page("federation"));
        assertThat(browser.text()).contains("No other server is connected now.");

        browser.find(By.id("rule-domains")).sendKeys("peer.example");
        choose("rule-direction", "out");
        choose("rule-mode", "ENFORCE");
        browser.press(By.id("save-rule"));

        assertThat(browser.text()).contains("The rule is saved and acts from now on.");
        assertThat(browser.find(By.id("rule-domains")).getDomProperty("value")).isEqualTo("peer.example");
        photograph("federation");
    }

    @Test
    void aSettingThatCannotBeUsedIsNamedWithoutAReload() throws IOException {
        browser.open(page("overview"));

        server.setProperty("plugin.bastion.omemo.mode", "sometimes");
        try {
            await().atMost(LIVE).untilAsserted(() -> assertThat(browser.text())
                    .contains("plugin.bastion.omemo.mode", "\"sometimes\"", "off, observe, enforce"));
        } finally {
            server.setProperty("plugin.bastion.omemo.mode", "enforce");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"overview", "moderation", "federation"})
    void eachPageFitsAPhone(String name) throws IOException {
        browser.width(PHONE).open(page(name));

        assertThat((Long) browser.run("return document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(PHONE);
        photograph(name + "-phone");
    }

    @ParameterizedTest
    @ValueSource(strings = {"overview", "moderation", "federation"})
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

    private void choose(String select, String value) {
        new Select(browser.find(By.id(select))).selectByValue(value);
    }

    private URI page(String name) {
        return server.console().resolve(path(name));
    }

    private static String path(String name) {
        return "plugins/bastion/bastion-" + name + ".jsp";
    }

    private static String version() {
        return "0.";
    }

    private void photograph(String name) throws IOException {
        String host = server.isFourTwo() ? "4.2.0" : "5.1.1";
        browser.photograph(Path.of(System.getProperty("bastion.screenshots", "target/screenshots"))
                .resolve(name + "-" + host + ".png"));
    }
}
