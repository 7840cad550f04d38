// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.audit.AuditEvent;
import im.bastion.relay.RelaySettings;
import im.bastion.settings.Setting;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import javax.servlet.http.HttpServlet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RelayPageTest {
    private final Stage stage = new Stage();
    private final Browser admin = new Browser("admin");

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void saysWhatToDoWhereNothingRuns() {
        assertThat(html()).contains("The relay does not run.").doesNotContain("run-test");
        assertThat(act("test").status()).isEqualTo(409);
        assertThat(act("commands").status()).isEqualTo(409);
        assertThat(act("other").status()).isEqualTo(400);
        assertThat(admin.post(ticket(), Map.of()).status()).isEqualTo(409);
    }

    @Test
    void testsTheRelayAndNamesWhatReachesIt() throws IOException {
        int port = start();
        assertThat(html()).contains("run-test").doesNotContain("test-result");

        assertThat(act("test").location()).isEqualTo("bastion-relay.jsp?done=tested");

        assertThat(html())
                .contains("UDP " + port + " reaches us, and UDP 49152–49407 does too.", "and back")
                .contains("This machine has the address itself");
        assertThat(stage.recorded).extracting(AuditEvent::action).contains("self-test");
    }

    @Test
    void hasTheTextsToPaste() throws IOException {
        int port = start();
        assertThat(html())
                .contains("ufw allow " + port + "/udp", "ufw allow 49152:49407/udp")
                .contains("_turn._udp.home.example. 3600 IN SRV 0 0 " + port + " turn.home.example.");
    }

    @Test
    void savesAllSettingsTogetherAndTheRelayFollowsAtOnce() throws IOException {
        start();
        int other = freePort();
        Map<String, String> form = form();
        form.put("port", String.valueOf(other));
        form.put("min-port", "50000");
        form.put("max-port", "50099");

        assertThat(admin.post(page(), form).location()).isEqualTo("bastion-relay.jsp?done=done");

        assertThat(stage.relay.services().state().services().port()).isEqualTo(other);
        assertThat(act("test").location()).endsWith("done=tested");
        assertThat(html()).contains("UDP " + other + " reaches us, and UDP 50000–50099 does too.");
        assertThat(stage.recorded)
                .filteredOn(event -> event.action().equals("relay-started"))
                .hasSize(2);
        assertThat(stage.recorded)
                .filteredOn(event -> event.action().equals("setting-changed"))
                .extracting(AuditEvent::subject)
                .containsExactly(
                        "plugin.bastion.relay.port", "plugin.bastion.relay.min-port", "plugin.bastion.relay.max-port");
    }

    @Test
    void refusesWhatDoesNotFitAndKeepsTheFormAsItWas() throws IOException {
        start();
        Map<String, String> form = form();
        form.put("external-address", "turn.example");
        Browser.Answer answer = admin.post(page(), form);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.html()).contains("External address must be", "value=\"turn.example\"");

        form.put("external-address", "127.0.0.1");
        form.put("min-port", "50100");
        assertThat(admin.post(page(), form).html()).contains("must not be greater than the highest");
        assertThat(admin.postWithoutToken(page(), form).status()).isEqualTo(403);
        assertThat(stage.settings.get(RelaySettings.MIN_PORT)).isEqualTo(49_152);
    }

    @Test
    void asksTheServerThatIsNamed() throws IOException {
        int port = start();
        Browser.Answer answer = admin.post(page(), Map.of("action", "look", "server", "127.0.0.1:" + port));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.html()).contains("sees this machine at 127.0.0.1, which it has itself");
        assertThat(admin.post(page(), Map.of("action", "look", "server", "a:b")).status())
                .isEqualTo(400);
    }

    @Test
    void givesACredentialForTestsToWhoAsksWithTheToken() throws IOException {
        int port = start();
        Browser.Answer commands = act("commands");
        assertThat(commands.html()).contains("turnutils_uclient -u ", "-p " + port);

        Browser.Answer answer = admin.post(ticket(), Map.of());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.html())
                .startsWith("{\"uris\":[\"stun:127.0.0.1:" + port + "\",\"turn:127.0.0.1:" + port + "?transport=udp\"")
                .contains("\"username\":", "\"credential\":");
        assertThat(answer.headers()).containsEntry("Cache-Control", "no-store");
        assertThat(admin.postWithoutToken(ticket(), Map.of()).status()).isEqualTo(403);
        assertThat(new Browser(null).post(ticket(), Map.of()).status()).isEqualTo(403);
        assertThat(stage.recorded)
                .filteredOn(event -> event.action().equals("test-credential"))
                .hasSize(2);
        assertThat(html()).doesNotContain("turnutils_uclient -u ");
    }

    private int start() throws IOException {
        int port = freePort();
        set("listen-address", "127.0.0.1");
        set("external-address", "127.0.0.1");
        set("port", String.valueOf(port));
        set("tls-port", "0");
        set("mode", "enforce");
        stage.relay.start();
        return port;
    }

    /** One below those that relayed addresses have. */
    private static int freePort() throws IOException {
        while (true) {
            try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
                if (socket.getLocalPort() < 49_152) {
                    return socket.getLocalPort();
                }
            }
        }
    }

    private Map<String, String> form() {
        Map<String, String> form = new HashMap<>(Map.of("action", "save"));
        Stream.concat(RelayField.PLACE.stream(), RelayField.LIMITS.stream())
                .forEach(each -> form.put(RelayField.name(each), inForce(each)));
        return form;
    }

    private <T> String inForce(Setting<T> setting) {
        return setting.writer().apply(stage.settings.get(setting));
    }

    private void set(String name, String value) {
        stage.host.properties().set("plugin.bastion.relay." + name, value);
    }

    private Browser.Answer act(String action) {
        return admin.post(page(), Map.of("action", action));
    }

    private String html() {
        return admin.get(page(), Map.of()).html();
    }

    private HttpServlet page() {
        return stage.page("relay");
    }

    private HttpServlet ticket() {
        return stage.page("relay-ticket");
    }
}
