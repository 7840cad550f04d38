// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.audit.AuditEntry;
import im.bastion.audit.AuditEvent;
import im.bastion.console.Browser.Answer;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class OverviewPageTest {
    private static final UUID ID = new UUID(1, 2);

    private final Stage stage = new Stage();
    private final Browser admin = new Browser("admin");

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void saysThatAllIsWellWhenNothingNeedsTheAdmin() {
        stage.health.ok("moderation");

        String html = look();

        assertThat(html).contains("All is well.").doesNotContain("bastion-problems");
        assertThat(html).contains("Bastion 1.2.3 in Memory 1.0.");
    }

    @Test
    void showsTheFourGuardsWithModeHealthAndCounters() {
        stage.health.ok("relay.udp");
        stage.counters.counter("moderation.refused").add(1_234);

        String html = look();

        assertThat(html).contains("guard-moderation", "guard-omemo", "guard-relay", "guard-federation");
        assertThat(html)
                .contains("<code>relay.udp</code>")
                .contains("Messages refused</dt><dd")
                .contains("1,234");
        assertThat(html).contains("2026-11-22 14:03:09 UTC");
    }

    @Test
    void doesNotSayThatAGuardWorksWhichIsSwitchedOff() {
        stage.health.ok("relay");
        stage.host.properties().set("plugin.bastion.relay.mode", "off");

        String html = look();
        int card = html.indexOf("id=\"guard-relay\"");
        assertThat(html.substring(card, html.indexOf("</section>", card)))
                .contains("Switched off")
                .doesNotContain("Works");
    }

    @Test
    void putsWhatNeedsTheAdminOnTopTheWorstFirst() {
        stage.health.degraded("relay", "Port 3478 is taken; choose another.");
        stage.health.failed("database", "Connection refused");

        String html = look();

        assertThat(html).contains("2 things need you", "The database is out of reach.");
        assertThat(html.indexOf("<code>database</code>")).isLessThan(html.indexOf("<code>relay</code>"));
    }

    @Test
    void namesABrokenSettingWithWhatIsAllowedAndWhatIsInForce() {
        assertThat(stage.mode()).isEqualTo(Mode.OBSERVE);
        stage.host.properties().set("plugin.bastion.federation.mode", "<b>sometimes</b>");

        String html = look();

        assertThat(html).contains("plugin.bastion.federation.mode", "off, observe, enforce", "&lt;b&gt;sometimes");
        assertThat(html).contains("1 thing needs you").doesNotContain("<b>sometimes");
    }

    @Test
    void showsWhatTheHostHasAndWhatItLacks() {
        stage.host.capabilities().has("pep.flush", "omemo");
        stage.host.capabilities().lacks("rooms.occupants", "moderation");

        String html = look();

        assertThat(html).contains("pep.flush", "rooms.occupants", "in memory", "taken away by the test");
        assertThat(html).contains("1 thing needs you");
    }

    @Test
    void doesNotAskForACapabilityThatOnlyASwitchedOffGuardNeeds() {
        stage.host.properties().set("plugin.bastion.moderation.mode", "off");
        stage.host.capabilities().lacks("rooms.occupants", "moderation");

        assertThat(look()).contains("All is well.");
    }

    @Test
    void listsTheLatestTwentyAuditEntries() {
        for (int i = 25; i > 0; i--) {
            stage.log.add(entry(i, "user" + i + "@home.example"));
        }

        String html = look();

        assertThat(html).contains("user25@", "user6@").doesNotContain("user5@");
    }

    @Test
    void showsDetailsOfAnAuditEntryAsPairs() {
        AuditEvent event = new AuditEvent(
                Stage.NOW,
                "console",
                "a",
                "b",
                "c",
                null,
                0,
                Mode.ENFORCE,
                "{\"reference\":\"7F3K-9QXT\",\"entry\":0}");
        stage.log.add(new AuditEntry(1, ID, event, "0".repeat(64), "1".repeat(64)));

        assertThat(look()).contains("reference: 7F3K-9QXT, entry: 0");
    }

    @Test
    void showsDetailsThatOnlyLookLikeJsonAsTheyAre() {
        stage.log.add(entry(1, "{not json"));

        assertThat(look()).contains("{not json");
    }

    @Test
    void escapesWhateverStandsInTheAuditLog() {
        stage.log.add(entry(1, Stage.HOSTILE));

        assertThat(look())
                .doesNotContain("<script>alert")
                .doesNotContain("<img src=x")
                .contains("&lt;script&gt;");
    }

    @Test
    void saysSoWhenTheAuditLogCannotBeRead() {
        stage.databaseDown = true;

        assertThat(look()).contains("The audit log cannot be read now.").contains("guard-relay");
    }

    @Test
    void setsAModeAndWritesItDown() {
        Answer answer =
                admin.post(stage.page("overview"), Map.of("guard", "federation", "mode", "ENFORCE", "was", "OBSERVE"));

        assertThat(answer.location()).isEqualTo("bastion-overview.jsp?done=mode-changed");
        assertThat(stage.mode()).isEqualTo(Mode.ENFORCE);
        assertThat(stage.recorded).singleElement().satisfies(event -> {
            assertThat(event.actor()).isEqualTo("admin");
            assertThat(event.action()).isEqualTo("mode-changed");
            assertThat(event.subject()).isEqualTo("federation");
            assertThat(event.detail()).isEqualTo("observe -> enforce");
        });
        assertThat(stage.host.adminConsole().log()).singleElement().asString().contains("observe -> enforce");
    }

    @Test
    void doesNotSetAModeThatSomebodyElseHasChangedMeanwhile() {
        stage.settings.set(stage.federationMode, Mode.OFF);

        Answer answer =
                admin.post(stage.page("overview"), Map.of("guard", "federation", "mode", "ENFORCE", "was", "OBSERVE"));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.html()).contains("Somebody else has set the mode to Off meanwhile.");
        assertThat(stage.mode()).isEqualTo(Mode.OFF);
        assertThat(stage.recorded).isEmpty();
    }

    @Test
    void refusesAModeOrGuardThatDoesNotExist() {
        Answer mode = admin.post(
                stage.page("overview"), Map.of("guard", "federation", "mode", Stage.HOSTILE, "was", "OBSERVE"));
        Answer guard =
                admin.post(stage.page("overview"), Map.of("guard", Stage.HOSTILE, "mode", "OFF", "was", "OBSERVE"));

        assertThat(mode.status()).isEqualTo(400);
        assertThat(guard.status()).isEqualTo(400);
        assertThat(stage.recorded).isEmpty();
    }

    @Test
    void saysWhatWasDoneAfterTheRedirectAndIgnoresWhatItDoesNotKnow() {
        Answer done = admin.get(stage.page("overview"), Map.of("done", "mode-changed"));
        Answer forged = admin.get(stage.page("overview"), Map.of("done", Stage.HOSTILE));

        assertThat(done.html()).contains("The mode is changed");
        assertThat(forged.html()).doesNotContain("alert(1)").doesNotContain("role=\"status\"");
    }

    private String look() {
        Answer answer = admin.get(stage.page("overview"), Map.of());
        assertThat(answer.status()).isEqualTo(200);
        return answer.html();
    }

    private static AuditEntry entry(long sequence, String text) {
        return new AuditEntry(
                sequence,
                ID,
                new AuditEvent(
                        Stage.NOW,
                        "moderation",
                        text,
                        "message-refused",
                        text,
                        new RuleId("moderation.listed-phrase"),
                        3,
                        Mode.OBSERVE,
                        text),
                "0".repeat(64),
                "1".repeat(64));
    }
}
