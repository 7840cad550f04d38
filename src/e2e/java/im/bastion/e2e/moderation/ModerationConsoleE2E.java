// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import im.bastion.e2e.Chromium;
import im.bastion.e2e.client.XmppClient;
import im.bastion.e2e.host.BoundHost;
import im.bastion.e2e.server.AdminSession;
import im.bastion.e2e.server.OpenfireServer;
import im.bastion.e2e.server.ServerOptions;
import im.bastion.e2e.server.ServerUnderTest;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jivesoftware.smack.packet.StanzaError;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;

/** An admin looks after the rooms from the console, in a real browser, while people talk. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ModerationConsoleE2E {
    private static final int DESKTOP = 1280;
    private static final int PHONE = 360;
    private static final int ROOMS = 1_000;
    private static final Duration LIVE = Duration.ofSeconds(40);
    private static final Duration FAST = Duration.ofSeconds(10);

    @RegisterExtension
    static final ServerUnderTest SERVER = ServerUnderTest.own(ServerOptions.defaults()
            .bastion()
            .user("owner", "owner-secret-1")
            .user("stranger", "stranger-secret-1")
            .user("bystander", "bystander-secret-1")
            .property("plugin.bastion.moderation.mode", "enforce"));

    private static Chromium browser;
    private static Den den;
    private static XmppClient stranger;
    private final OpenfireServer server = SERVER.get();

    @BeforeAll
    static void furnish() throws Exception {
        OpenfireServer server = SERVER.get();
        den = new Den(server);
        stranger = XmppClient.connect(server, "stranger", "phone");
        stranger.join(den.room, "Stranger");
        den.awaitRule(stranger);
        server.insidePlugin(
                BoundHost.PLUGIN,
                List.of(),
                DefineRule.class,
                "moderation.den-slow",
                "ENFORCE",
                "{\"type\":\"slow-mode\",\"seconds\":1,\"rooms\":[\"" + den.room + "\"]}");
        for (int i = 0; i < ROOMS; i++) {
            den.owner.send(
                    "<presence to='hall-%d@conference.%s/Owner'><x xmlns='http://jabber.org/protocol/muc'/></presence>"
                            .formatted(i, server.domain()));
        }
        den.owner.await(stanza -> String.valueOf(stanza.getFrom()).startsWith("hall-" + (ROOMS - 1) + "@"), LIVE);
        String password = server.options().users().get(ServerOptions.ADMIN);
        browser = Chromium.start().logIn(server.console(), ServerOptions.ADMIN, password);
    }

    @AfterAll
    static void leave() {
        if (browser != null) {
            browser.close();
        }
        stranger.close();
        den.close();
    }

    @BeforeEach
    void sitAtADesk() {
        browser.width(DESKTOP);
        stranger.forget();
    }

    @Test
    @Order(1)
    void theProposedRulesAreTakenOverAndADraftIsTriedOnWords() throws IOException {
        browser.open(page("rules"));
        browser.press(By.id("take-defaults"));
        assertThat(browser.find(By.id("rule-table")).getText()).contains("moderation.wave", "moderation.rate-limit");

        browser.type("draft-rule", "loud");
        browser.type("draft-body", "{\"type\": \"listed-phrase\", \"phrases\": [\"free money\"]}");
        browser.type("draft-words", "Get your FR\u00c9E m\u043eney here");
        browser.press(By.id("try-words"));
        assertThat(browser.find(By.id("trial-words")).getText()).contains("FR\u00c9E m\u043eney");
        browser.photograph(server, "rules");

        browser.type("draft-body", "{\"type\": \"pattern\", \"patterns\": [\"(?=a)b\"]}");
        browser.press(By.id("save-draft"));
        assertThat(browser.text()).contains("(?=");
    }

    @Test
    @Order(2)
    void aThousandRoomsAreFoundByTheAddressAndStayFast() throws IOException {
        long begin = System.nanoTime();
        browser.open(page("rooms"));
        assertThat(browser.text()).contains(ROOMS + 1 + " rooms.", "Page 1 of 21.");
        browser.open(page("rooms", "?sort=occupants"));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).as("two pages").isLessThan(FAST);
        assertThat(browser.find(By.cssSelector("#room-table tbody tr")).getText())
                .contains("den@", "3");
        browser.photograph(server, "rooms");

        browser.type("rooms-q", "hall-99");
        browser.press(By.cssSelector(".bastion-filter button"));
        assertThat(browser.address()).contains("q=hall-99");
        assertThat(browser.text()).contains("11 rooms.", "hall-990@");
    }

    @Test
    @Order(3)
    void theFeedShowsWhatHappensWithoutAReload() throws Exception {
        browser.open(page("feed", "?room=" + den.room));
        String id = den.bystander.sendMessage(
                den.room, "groupchat", "Everybody, " + Den.LISTED + " &lt;b&gt;today&lt;/b&gt;!");
        String reference = reference(den.refusal(den.bystander, id));

        await().atMost(LIVE)
                .untilAsserted(() -> assertThat(browser.text()).contains(reference, "<b>today</b>", "bystander@"));
        browser.photograph(server, "feed");
        assertThat(server.admin().get(path("feed")).body())
                .as("also without JavaScript")
                .contains(reference);
        browser.press(By.linkText(reference));
        assertThat(browser.text()).contains("moderation.listed-phrase", "acted", "Everybody, " + Den.LISTED);
        browser.photograph(server, "case");
        browser.press(By.cssSelector("button[value='overturn']"));
        assertThat(browser.text()).contains("Done.", "overturned", "Decided by");
    }

    @Test
    @Order(4)
    void aMuteFromTheConsoleHoldsInTheRoomUntilItIsEndedThere() throws Exception {
        browser.open(page("sanctions", "?room=" + den.room));
        assertThat(browser.find(By.id("impose-room")).getDomProperty("value")).isEqualTo(den.room);
        browser.type("impose-person", "stranger@" + server.domain());
        browser.type("impose-reason", "shouting");
        browser.press(By.id("impose-button"));
        assertThat(browser.text()).contains("Done.", "stranger@" + server.domain(), "Mute", "by admin");
        browser.photograph(server, "sanctions");

        String id = stranger.sendMessage(den.room, "groupchat", "hello");
        assertThat(den.refusal(stranger, id).getDescriptiveText()).contains("shouting");
        browser.open(page("room", "?room=" + den.room));
        assertThat(browser.text()).contains("Slow mode: 1 s", "Bystander", "moderation.listed-phrase", "shouting");
        browser.photograph(server, "room");
        browser.press(By.cssSelector("button[value='lift']"));
        assertThat(browser.address()).contains("room=").contains("done=done");
        assertThat(browser.text()).contains("Nobody is muted or banned by Bastion.");
        await().atMost(LIVE).until(() -> {
            String again = "back again " + XmppClient.nextId();
            stranger.sendMessage(den.room, "groupchat", again);
            return den.isHeard(again);
        });
        den.awaitAudited("sanction-lifted", "admin");
    }

    @Test
    @Order(5)
    void whatWasRetractedIsGivenBackFromTheConsole() throws Exception {
        String body = "taken back " + XmppClient.nextId();
        await().atMost(LIVE).until(() -> {
            stranger.sendMessage(den.room, "groupchat", body);
            return den.isHeard(body);
        });
        den.owner.request(
                "set",
                den.room,
                "<command xmlns='http://jabber.org/protocol/commands' node='urn:bastion:room:retract-all'>"
                        + "<x xmlns='jabber:x:data' type='submit'><field var='person'><value>Stranger</value></field>"
                        + "<field var='minutes'><value>5</value></field></x></command>");
        await().atMost(LIVE).untilAsserted(() -> {
            browser.open(page("retractions", "?person=Stranger"));
            assertThat(browser.text()).contains("stranger@" + server.domain(), "by owner@");
        });
        browser.photograph(server, "retractions");
        browser.press(By.cssSelector("button[value='restore']"));
        await().atMost(LIVE).untilAsserted(() -> {
            browser.open(page("retractions"));
            assertThat(browser.text()).contains("given back");
        });
    }

    @Test
    @Order(6)
    void ourOwnListIsKeptAndActs() throws Exception {
        browser.open(page("lists"));
        browser.type("entry-subject", "Bad.Example");
        browser.type("entry-reason", "casino adverts");
        browser.press(By.id("block-entry"));
        assertThat(browser.text()).contains("1 entry of our own.", "bad.example", "casino adverts");
        browser.photograph(server, "lists");
        browser.press(By.cssSelector("button[value='unlist']"));
        assertThat(browser.text()).contains("0 entries of our own.");
    }

    @Test
    @Order(7)
    void statisticsShowWhatWasFound() throws IOException {
        List<String> ofOtherPages = browser.complaints();
        browser.open(page("statistics"));
        assertThat(browser.find(By.cssSelector("#chart-by-rule svg[role='img'] desc"))
                        .getDomProperty("textContent"))
                .startsWith("Number in each hour");
        assertThat(browser.run("return document.querySelectorAll('#chart-by-rule svg rect').length > 0"))
                .isEqualTo(true);
        assertThat(browser.find(By.id("rule-statistics")).getText()).contains("moderation.listed-phrase", "%");
        browser.photograph(server, "statistics");
        browser.open(page("desk"));
        browser.photograph(server, "desk");
        assertThat(browser.complaints())
                .as("beside %s", ofOtherPages)
                .noneMatch(complaint -> complaint.contains("/plugins/bastion/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rules",
                "desk",
                "rooms",
                "room",
                "feed",
                "case",
                "sanctions",
                "retractions",
                "lists",
                "statistics"
            })
    @Order(8)
    void eachPageFitsAPhone(String name) throws IOException {
        browser.width(PHONE).open(page(name, name.equals("room") ? "?room=" + den.room : ""));

        assertThat((Long) browser.run("return document.documentElement.scrollWidth"))
                .isLessThanOrEqualTo(PHONE);
        browser.photograph(server, name + "-phone");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "rules",
                "desk",
                "rooms",
                "room",
                "feed",
                "case",
                "sanctions",
                "retractions",
                "lists",
                "statistics"
            })
    @Order(9)
    void aStrangerSeesTheLoginInstead(String name) throws IOException {
        AdminSession.Page answer = new AdminSession(server.console()).get(path(name));

        assertThat(answer.body()).doesNotContain("bastion-filter", "stranger@");
        assertThat(answer.uri().getPath()).isEqualTo("/login.jsp");
    }

    @Test
    @Order(10)
    void aFormWithoutTheTokenOfThePageBlocksNobody() throws IOException {
        AdminSession.Page answer =
                server.admin().post(path("lists"), Map.of("action", "block", "subject", "good.example"));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(server.admin().get(path("lists")).body()).doesNotContain("good.example");
    }

    private static String reference(StanzaError error) {
        return error.getDescriptiveText().replaceAll("(?s).*reference ([0-9A-Z]{4}-[0-9A-Z]{4})\\).*", "$1");
    }

    private URI page(String name) {
        return page(name, "");
    }

    private URI page(String name, String query) {
        return server.console().resolve(path(name) + query);
    }

    private static String path(String name) {
        return "plugins/bastion/bastion-" + name + ".jsp";
    }
}
