// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.audit.AuditEvent;
import im.bastion.certificate.TestCertificate;
import im.bastion.certificate.TestIdentity;
import im.bastion.certificate.TestKeys;
import im.bastion.console.Browser.Answer;
import im.bastion.federation.key.KeyAlert;
import im.bastion.federation.key.KeyChange;
import im.bastion.host.ServerSession.Direction;
import im.bastion.host.memory.MemoryServerSession;
import im.bastion.policy.Mode;
import im.bastion.store.PolicyRow;
import java.security.KeyPair;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AlertsPageTest {
    private static final KeyPair OLD = TestKeys.make();
    private static final KeyPair NEW = TestKeys.make();
    private static final TestIdentity CA = TestCertificate.of("CA").authority().selfSigned(TestKeys.make());
    private static final String PEER = "peer.example";
    private final Stage stage = new Stage();
    private final Browser admin = new Browser("admin");

    @BeforeEach
    void load() {
        assertThat(stage.keys.load()).isTrue();
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private void seen(String domain, Direction direction, KeyPair key) {
        TestIdentity identity = TestCertificate.of(domain).dns(domain).issuedBy(CA, key);
        stage.history.look(List.of(MemoryServerSession.trusted(direction, domain, identity.chain())));
        stage.history.look(List.of());
    }

    private void plain(String domain) {
        stage.history.look(List.of(MemoryServerSession.plain(Direction.OUTGOING, domain)));
        stage.history.look(List.of());
    }

    private KeyAlert newKey() {
        seen(PEER, Direction.OUTGOING, OLD);
        seen(PEER, Direction.OUTGOING, NEW);
        KeyAlert alert = stage.keys.alerts().get(0);
        assertThat(alert.change()).isEqualTo(KeyChange.NEW_KEY);
        return alert;
    }

    private KeyAlert stripped(String domain) {
        seen(domain, Direction.OUTGOING, OLD);
        plain(domain);
        return stage.keys.of(domain).get(0).alerts().get(0);
    }

    private String look(Map<String, String> address) {
        return admin.get(stage.page("alerts"), address).html();
    }

    private Answer post(KeyAlert alert, String action, String next) {
        return admin.post(stage.page("alerts"), Map.of("id", alert.id(), "action", action, "next", next));
    }

    @Test
    void showsWhatHasChangedFromWhatToWhat() {
        KeyAlert alert = newKey();

        assertThat(look(Map.of()))
                .contains("1 alert is open.", PEER, "New key", alert.before(), alert.after(), "CN=CA")
                .contains("bastion-peers.jsp?domain=peer.example");
        assertThat(admin.get(stage.page("peers"), Map.of("domain", PEER)).html())
                .contains("Keys it was seen with", alert.before(), "What has changed, newest first", "New key");
    }

    @Test
    void anAcceptedAlertLeavesTheListAndTheAuditLogSaysWho() {
        KeyAlert alert = newKey();

        assertThat(post(alert, "accept", "").location()).isEqualTo("bastion-alerts.jsp?done=done");

        assertThat(look(Map.of())).contains("0 alerts are open.").doesNotContain(alert.after());
        assertThat(look(Map.of("show", "all"))).contains("accepted by", alert.after());
        AuditEvent event = stage.recorded.get(stage.recorded.size() - 1);
        assertThat(event.actor()).isEqualTo("admin");
        assertThat(event.action()).isEqualTo("key-alert-accepted");
        assertThat(event.subject()).isEqualTo(PEER);
    }

    @Test
    void aNewKeyIsPinnedWithItsNextOne() {
        KeyAlert alert = newKey();

        Answer answer = post(alert, "pin", "B".repeat(64));

        assertThat(answer.location()).as(answer.html()).isEqualTo("bastion-alerts.jsp?done=policy-changed");
        PolicyRow row = stage.policies.of("federation").get(0);
        assertThat(row.rule().value()).isEqualTo("federation.pin-peer-example");
        assertThat(row.mode()).isEqualTo(Mode.OBSERVE);
        assertThat(row.body())
                .contains("\"direction\":\"out\"", "\"current\":\"" + alert.after(), "\"next\":\"" + "b".repeat(64));
        assertThat(stage.keys.alert(alert.id()).state()).isEqualTo(KeyAlert.State.PINNED);
    }

    @Test
    void aKeySeenInBothDirectionsIsPinnedInBoth() {
        KeyAlert alert = newKey();
        seen(PEER, Direction.INCOMING, NEW);

        post(alert, "pin", "");

        assertThat(stage.policies.of("federation").get(0).body()).contains("\"direction\":\"both\"");
    }

    @Test
    void aPinThatIsNoHashIsRefusedAndNothingChanges() {
        KeyAlert alert = newKey();

        assertThat(post(alert, "pin", "not a hash").status()).isEqualTo(400);
        assertThat(stage.policies.of("federation")).isEmpty();
        assertThat(stage.keys.alert(alert.id()).isOpen()).isTrue();
    }

    @Test
    void anAlertStaysOpenWhenThePolicyCannotBeStored() {
        KeyAlert alert = newKey();
        stage.policies.down = true;

        assertThat(post(alert, "pin", "").status()).isEqualTo(503);
        assertThat(stage.keys.alert(alert.id()).isOpen()).isTrue();
    }

    @Test
    void onlyAWeakConnectionCanBeDismissed() {
        assertThat(post(newKey(), "dismiss", "").status()).isEqualTo(400);

        KeyAlert weak = stripped("strip.example");
        assertThat(post(weak, "dismiss", "").location()).isEqualTo("bastion-alerts.jsp?done=done");
        assertThat(stage.keys.alert(weak.id()).state()).isEqualTo(KeyAlert.State.DISMISSED);
    }

    @Test
    void whatSomebodyElseDecidedIsNotDecidedAgain() {
        KeyAlert alert = newKey();
        post(alert, "accept", "");

        assertThat(post(alert, "pin", "").status()).isEqualTo(409);
        assertThat(stage.policies.of("federation")).isEmpty();
    }

    @Test
    void withoutTheTokenNothingIsDecided() {
        KeyAlert alert = newKey();

        Answer answer = admin.postWithoutToken(stage.page("alerts"), Map.of("id", alert.id(), "action", "accept"));

        assertThat(answer.status()).isEqualTo(403);
        assertThat(stage.keys.alert(alert.id()).isOpen()).isTrue();
    }

    @Test
    void manyAlertsComeInPages() {
        for (int i = 0; i < 120; i++) {
            stripped("p%03d.example".formatted(i));
        }

        assertThat(look(Map.of())).contains("120 alerts are open.", "rel=\"next\"");
        assertThat(look(Map.of("page", "3")).split("<time ", -1)).hasSize(21);
    }

    @Test
    void whatAPeerSendsIsEscaped() {
        plain(Stage.HOSTILE);
        TestIdentity hostile = TestCertificate.of(Stage.HOSTILE
                        .replace("\"", "")
                        .replace("<", "\\<")
                        .replace(">", "\\>")
                        .replace("=", "\\="))
                .selfSigned(OLD);
        stage.history.look(List.of(MemoryServerSession.trusted(Direction.OUTGOING, Stage.HOSTILE, hostile.chain())));
        stage.history.look(List.of());
        plain(Stage.HOSTILE);

        assertThat(look(Map.of())).contains("&lt;script&gt;").doesNotContain("<script>alert", "<img src=x");
    }
}
