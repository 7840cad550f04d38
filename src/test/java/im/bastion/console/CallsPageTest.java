// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.calls.CallsSettings;
import im.bastion.calls.RelayOnly;
import im.bastion.calls.jingle.Call;
import im.bastion.policy.Mode;
import java.util.HashMap;
import java.util.Map;
import javax.servlet.http.HttpServlet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.JID;

class CallsPageTest {
    private final Stage stage = new Stage();
    private final Browser admin = new Browser("admin");

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void showsTheCallsThatGoOn() {
        assertThat(html()).contains("No calls now.");
        stage.live.add(Call.begun(
                "s1", new JID("romeo@home.example/<b>"), new JID("juliet@away.example"), true, stage.clock.instant()));

        assertThat(html())
                .contains("romeo@home.example/&lt;b&gt;", "juliet@away.example", "called", "Rings", "1 call")
                .doesNotContain("<b>");
    }

    @Test
    void setsWhatIsChosenAndWritesItDown() {
        assertThat(admin.post(page(), form()).location()).isEqualTo("bastion-calls.jsp?done=done");

        assertThat(stage.settings.get(CallsSettings.MEDIA_ENCRYPTION)).isEqualTo(Mode.ENFORCE);
        assertThat(stage.settings.get(CallsSettings.VISIBLE_KEYS)).isTrue();
        assertThat(stage.settings.get(CallsSettings.RELAY_ONLY)).isEqualTo(RelayOnly.REMOTE);
        assertThat(stage.recorded)
                .filteredOn(event -> event.action().equals("setting-changed"))
                .anySatisfy(event -> {
                    assertThat(event.subject()).isEqualTo("plugin.bastion.calls.media-encryption");
                    assertThat(event.actor()).isEqualTo("admin");
                    assertThat(event.detail()).isEqualTo("observe -> enforce");
                })
                .hasSize(4);
        assertThat(admin.post(page(), form()).location()).isEqualTo("bastion-calls.jsp?done=unchanged");
    }

    @Test
    void refusesDomainsThatCannotBeReadAndKeepsTheFormAsItWas() {
        Map<String, String> form = form();
        form.put("domains", "partner.example");

        Browser.Answer answer = admin.post(page(), form);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.html())
                .contains("not a domain and a mode: partner.example", "value=\"partner.example\"")
                .contains("<option value=\"REMOTE\" selected>");
        assertThat(stage.settings.get(CallsSettings.MEDIA_ENCRYPTION)).isEqualTo(Mode.OBSERVE);
        assertThat(admin.postWithoutToken(page(), form()).status()).isEqualTo(403);
        assertThat(admin.post(page(), Map.of("action", "choose")).status()).isEqualTo(400);
    }

    private static Map<String, String> form() {
        return new HashMap<>(Map.of(
                "action",
                "choose",
                "media",
                "ENFORCE",
                "domains",
                "partner.example=observe",
                "visible-keys",
                "yes",
                "signalled",
                "OBSERVE",
                "relay-only",
                "REMOTE"));
    }

    private String html() {
        return admin.get(page(), Map.of()).html();
    }

    private HttpServlet page() {
        return stage.page("calls");
    }
}
