// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.console.Browser.Answer;
import im.bastion.host.StanzaXml;
import im.bastion.moderation.book.DefaultRules;
import im.bastion.moderation.sanction.Sanction;
import im.bastion.moderation.sanction.Sanctions;
import im.bastion.policy.Mode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

/** Rules, trials and the desk, as an admin works with them. */
class ModerationDeskPagesTest {
    private final Stage stage = new Stage();
    private final Browser admin = new Browser("admin");
    private JID den;

    @BeforeEach
    void furnish() {
        stage.moderation.start();
        den = stage.host.rooms().create("den", stage.host.users().register("owner"));
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private Answer rules(String action, String name, String body, String words, String room) {
        return admin.post(
                stage.page("rules"),
                Map.of(
                        "action", action, "rule", name, "version", "0", "mode", "OBSERVE", "body", body, "words", words,
                        "room", room));
    }

    @Test
    void proposedRulesAreTakenOverOnceAndObserve() {
        assertThat(admin.get(stage.page("rules"), Map.of()).html()).contains("take-defaults");
        admin.post(stage.page("rules"), Map.of("action", "defaults"));
        assertThat(stage.policies.of("moderation")).hasSize(DefaultRules.ALL.size());
        assertThat(stage.policies.of("moderation"))
                .filteredOn(row -> row.mode() == Mode.ENFORCE)
                .extracting(row -> row.rule().value())
                .containsExactly("moderation.own-list");
        String html = admin.get(stage.page("rules"), Map.of()).html();
        assertThat(html).contains("moderation.newcomer-links", "acted 0 times").doesNotContain("take-defaults");
    }

    @Test
    void aRuleIsDefinedAndAFaultNamesTheField() throws SQLException {
        assertThat(rules("save", "no-pills", "{\"type\":\"listed-phrase\",\"phrases\":[\"pills\"]}", "", "")
                        .location())
                .contains("policy-changed");
        Answer wrong = rules("save", "no-tabs", "{\"type\":\"pattern\",\"patterns\":[\"(?<=a)b\"]}", "", "");
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.html()).contains("look-behind", "patterns[0]");
        assertThat(rules("save", "Bad Name", "{}", "", "").status()).isEqualTo(400);
    }

    @Test
    void aRuleIsTriedOnWordsAndShowsWhereItFindsThem() {
        String html = rules("try", "x", "{\"type\":\"listed-phrase\",\"phrases\":[\"pills\"]}", "Buy <PILLS> now", "")
                .html();
        assertThat(html).contains("Buy &lt;<mark>PILLS</mark>&gt; now");
        assertThat(stage.policies.of("moderation")).isEmpty();
        assertThat(rules("try", "x", "{\"type\":\"listed-phrase\",\"phrases\":[\"pills\"]}", "nothing", "")
                        .html())
                .doesNotContain("trial-words");
    }

    @Test
    void aRuleIsTriedOnWhatWasSaidInARoom() {
        for (int i = 0; i < 20; i++) {
            Message message = new Message(
                    StanzaXml.parse("<message type='groupchat' from='" + den + "/Kim'><body>"
                            + (i % 10 == 0 ? "cheap pills" : "hello") + " " + i + "</body></message>"),
                    true);
            stage.host
                    .roomArchive()
                    .say(den, new JID("kim@away.example/x"), "Kim", Stage.NOW.minusSeconds(600 - i), message);
        }
        stage.host.roomArchive().flush();
        String html = rules("archive", "x", "{\"type\":\"listed-phrase\",\"phrases\":[\"pills\"]}", "", den.toString())
                .html();
        assertThat(html).contains("stopped 2 of the last 20 messages", "cheap <mark>pills</mark> 10");
    }

    @Test
    void aBanIsShownAndEndedFromTheDesk() throws Exception {
        CompletableFuture<Sanction> done = new CompletableFuture<>();
        stage.moderation
                .services()
                .sanctions()
                .impose(
                        new Sanctions.Wish(
                                Sanction.Kind.BAN,
                                den,
                                new JID("kim@away.example"),
                                Duration.ofHours(1),
                                null,
                                "",
                                Stage.HOSTILE,
                                "admin"),
                        (imposed, refused) -> done.complete(imposed));
        Sanction ban = done.get(10, TimeUnit.SECONDS);
        String html = admin.get(stage.page("sanctions"), Map.of()).html();
        assertThat(html).contains("kim@away.example", ban.id()).doesNotContain("<script>alert");
        assertThat(admin.post(stage.page("desk"), Map.of("action", "lift", "id", ban.id()))
                        .location())
                .contains("done");
        assertThat(admin.post(stage.page("desk"), Map.of("action", "lift", "id", ban.id()))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void ourOwnListIsKeptOnTheDesk() {
        Map<String, String> entry = Map.of("action", "block", "subject", "Bad.Example", "reason", "spam");
        assertThat(admin.post(stage.page("desk"), entry).location()).contains("done");
        assertThat(admin.get(stage.page("lists"), Map.of()).html()).contains("bad.example", "spam");
        assertThat(admin.post(stage.page("desk"), Map.of("action", "block", "subject", "a@@b", "reason", ""))
                        .status())
                .isEqualTo(400);
        assertThat(admin.post(stage.page("desk"), Map.of("action", "unlist", "id", "bad.example"))
                        .location())
                .contains("done");
    }

    @Test
    void withoutATokenNothingIsDone() {
        Answer answer = admin.postWithoutToken(stage.page("desk"), Map.of("action", "block", "subject", "bad.example"));
        assertThat(answer.status()).isEqualTo(403);
        assertThat(stage.moderation.services().lists().localEntries()).isEmpty();
    }
}
