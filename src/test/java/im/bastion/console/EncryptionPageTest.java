// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.console.Browser.Answer;
import im.bastion.encryption.Sample;
import im.bastion.gate.Gate;
import im.bastion.host.Subscription;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.PolicyRow;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.servlet.http.HttpServlet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

class EncryptionPageTest {
    private static final JID ROMEO = new JID("romeo@home.example/phone");

    private final Stage stage = new Stage();
    private final Browser admin = new Browser("admin");
    private Subscription watch;

    @BeforeEach
    void watch() {
        stage.encryption.start();
        watch = stage.host
                .traffic()
                .watch(new Gate(
                        stage.host.domain(),
                        stage.host.rooms(),
                        stage.host.serverSessions(),
                        List.of(stage.encryption.guard()),
                        stage.counters));
    }

    @AfterEach
    void close() {
        watch.close();
        stage.close();
    }

    @Test
    void aRuleIsStoredAsItsFormSays() {
        Map<String, String> form = form("save");
        form.put("grace", "2026-12-24");
        form.put("tolerate", "reaction\r\nsubject");
        form.put("except", "bot@home.example");
        form.put("do", "warn");

        Answer answer = admin.post(page(), form);

        assertThat(answer.location()).isEqualTo("bastion-encryption.jsp?done=policy-changed");
        PolicyRow row = stage.policies.of("encryption").get(0);
        assertThat(row.rule().value()).isEqualTo("encryption.staff");
        assertThat(row.mode()).isEqualTo(Mode.ENFORCE);
        assertThat(row.body())
                .isEqualTo("{\"domains\":[\"home.example\"],\"schemes\":{\"omemo-2\":\"require\",\"otr\":\"forbid\"},"
                        + "\"tolerate\":[\"reaction\",\"subject\"],\"except\":[\"bot@home.example\"],"
                        + "\"action\":\"warn\",\"grace\":\"2026-12-24\"}");
    }

    @Test
    void aStoredRuleComesBackIntoTheForm() throws SQLException {
        admin.post(page(), form("save"));

        String html = admin.post(page(), Map.of("action", "edit", "stored", "encryption.staff"))
                .html();

        assertThat(html)
                .contains("Editing encryption.staff.", "name=\"version\" value=\"1\"", ">home.example</textarea>")
                .contains("<option value=\"require\" selected>required</option>")
                .contains("<strong>required</strong> OMEMO 2;");
    }

    @Test
    void aFaultIsNamedAndNothingIsStored() {
        Map<String, String> form = form("save");
        form.put("domains", "not a domain@");

        Answer answer = admin.post(page(), form);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.html()).contains("which is not a domain name");
        assertThat(stage.policies.of("encryption")).isEmpty();
    }

    @Test
    void somebodyElsesVersionIsNotOverwritten() {
        admin.post(page(), form("save"));
        Map<String, String> old = form("save");
        old.put("scheme-omemo-2", "forbid");

        assertThat(admin.post(page(), old).status()).isEqualTo(409);
        assertThat(stage.policies.of("encryption").get(0).version()).isEqualTo(1);
    }

    @Test
    void aFormWithoutTheTokenChangesNothing() {
        assertThat(admin.postWithoutToken(page(), form("save")).status()).isEqualTo(403);
        assertThat(stage.policies.of("encryption")).isEmpty();
    }

    @Test
    void explainsWhatHoldsBetweenTwoWithTheDraft() {
        Map<String, String> form = form("explain");
        form.put("from", "romeo@home.example");
        form.put("to", "mercutio@away.example");

        String html = admin.post(page(), form).html();

        assertThat(html)
                .contains("For the sender, romeo@home.example, decides:", "by domain,", "encryption.staff")
                .contains("For the recipient, mercutio@away.example, decides:", "no rule.")
                .contains("home.example requires end-to-end encryption with OMEMO 2 here")
                .contains("does not permit messages encrypted with OTR");
        assertThat(stage.policies.of("encryption")).isEmpty();
    }

    @Test
    void aPairThatIsNoneIsNotExplained() {
        Map<String, String> form = form("explain");
        form.put("from", "romeo@home.example");
        form.put("to", "home.example");

        Answer answer = admin.post(page(), form);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.html()).contains("home.example is not the address of a person or a room");
    }

    @Test
    void triesADraftOnWhatHasBeenSaid() {
        say("juliet@home.example", Sample.body("noon"));
        say("juliet@home.example", Sample.omemo2());
        say("nurse@home.example", Sample.omemo2());

        String html = admin.post(page(), form("try")).html();

        assertThat(html)
                .contains(
                        "1 of the 2 conversations of the last 7 days would have had a message refused (1 of 3 messages)")
                .contains("with the rules that act now, 0.", "1 of 2", "<bdi>juliet@home.example</bdi>");
        assertThat(stage.policies.of("encryption")).isEmpty();
    }

    @Test
    void showsTheShareOfEachDayAndWhereMostIsReadable() {
        say("juliet@home.example", Sample.body("noon"));
        say("juliet@home.example", Sample.omemo2());
        say("mercutio@away.example", Sample.body("noon"));

        assertThat(look())
                .contains("33 % were encrypted end to end", "2026-11-22, encrypted: 1", "<bdi>away.example</bdi>")
                .contains("for 90 days in the database", "for 7 days in memory alone")
                .doesNotContain("juliet");
    }

    @Test
    void conflictsAreShown() throws SQLException {
        stage.policies.change(
                new RuleId("encryption.one"),
                Mode.ENFORCE,
                "{\"domains\":[\"*\"],\"schemes\":{\"ox\":\"require\"}}",
                "a");
        stage.policies.change(
                new RuleId("encryption.two"),
                Mode.ENFORCE,
                "{\"domains\":[\"*\"],\"schemes\":{\"ox\":\"forbid\"}}",
                "a");

        assertThat(look()).contains("No message can satisfy both encryption.one and encryption.two");
    }

    @Test
    void escapesWhateverIsStored() throws SQLException {
        stage.policies.change(
                new RuleId("encryption.evil"),
                Mode.ENFORCE,
                "{\"users\":[\"<script>alert(1)</script>\"]}",
                Stage.HOSTILE);
        Map<String, String> form = form("explain");
        form.put("from", Stage.HOSTILE);
        form.put("users", Stage.HOSTILE);

        assertThat(look()).doesNotContain("<script>alert").contains("&lt;script&gt;");
        assertThat(admin.post(page(), form).html()).doesNotContain("<script>alert", "<img src=x");
    }

    private void say(String to, String children) {
        Message message = new Message(Sample.message(children), true);
        message.setFrom(ROMEO);
        message.setTo(new JID(to));
        assertThat(stage.host.traffic().fromClient(message, ROMEO)).isTrue();
    }

    private String look() {
        return admin.get(page(), Map.of()).html();
    }

    private HttpServlet page() {
        return stage.page("encryption");
    }

    /** A draft for the domain that requires OMEMO 2 and forbids OTR. */
    private static Map<String, String> form(String action) {
        return new HashMap<>(Map.of(
                "action",
                action,
                "rule",
                "staff",
                "version",
                "0",
                "mode",
                "ENFORCE",
                "domains",
                "home.example",
                "scheme-omemo-2",
                "require",
                "scheme-otr",
                "forbid"));
    }
}
