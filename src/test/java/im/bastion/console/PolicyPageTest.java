// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import im.bastion.audit.AuditEvent;
import im.bastion.console.Browser.Answer;
import im.bastion.federation.policy.Preset;
import im.bastion.host.ServerSession.Direction;
import im.bastion.host.memory.MemoryServerSession;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.PolicyRow;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PolicyPageTest {
    private static final RuleId PARTNERS = new RuleId("federation.partners");
    private static final String KEY = "a".repeat(64);
    private final Stage stage = new Stage();
    private final Browser admin = new Browser("admin");

    @AfterEach
    void close() {
        stage.close();
    }

    private Answer post(Map<String, String> fields) {
        return admin.post(stage.page("policy"), fields);
    }

    private String look(Map<String, String> address) {
        return admin.get(stage.page("policy"), address).html();
    }

    private List<PolicyRow> rules() {
        return stage.policies.of("federation");
    }

    private static Map<String, String> rule(Map<String, String> more) {
        Map<String, String> fields = new HashMap<>(Map.of(
                "action", "rule",
                "rule", "partners",
                "version", "0",
                "mode", "ENFORCE",
                "peers", "a.example\r\n**.b.example",
                "direction", "both",
                "certificate", "pinned",
                "tls", "1.3",
                "dialback", "on"));
        fields.putAll(more);
        return fields;
    }

    @Test
    void storesARuleFieldByField() {
        Answer answer = post(rule(Map.of(
                "cipher-aead", "on",
                "forward-secrecy", "on",
                "pins", "a.example " + KEY + "\n**.b.example " + KEY + " " + "b".repeat(64),
                "exceptions", "c.b.example 2027-01-31 their key comes later",
                "note", "our partners")));

        assertThat(answer.location()).as(answer.html()).isEqualTo("bastion-policy.jsp?done=policy-changed");
        PolicyRow row = rules().get(0);
        assertThat(row.rule()).isEqualTo(PARTNERS);
        assertThat(row.mode()).isEqualTo(Mode.ENFORCE);
        assertThat(row.body())
                .isEqualTo(
                        "{\"peers\":[\"a.example\",\"**.b.example\"],\"direction\":\"both\",\"certificate\":\"pinned\","
                                + "\"tls\":\"1.3\",\"ciphers\":[\"aead\"],\"forward-secrecy\":true,"
                                + "\"pins\":[{\"peer\":\"a.example\",\"current\":\"" + KEY + "\"},"
                                + "{\"peer\":\"**.b.example\",\"current\":\"" + KEY + "\",\"next\":\"" + "b".repeat(64)
                                + "\"}],"
                                + "\"exceptions\":[{\"peer\":\"c.b.example\",\"until\":\"2027-01-31\","
                                + "\"reason\":\"their key comes later\"}],\"note\":\"our partners\"}");
    }

    @Test
    void refusesAWrongRuleWithItsFieldAndKeepsWhatWasTyped() {
        Answer answer = post(rule(Map.of("certificate", "valid", "peers", "not a domain")));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.html()).contains("peers[0]: must be a domain name", "not a domain</textarea>");
        assertThat(rules()).isEmpty();
    }

    @Test
    void refusesARuleThatContradictsAnother() throws SQLException {
        stage.policies.change(
                new RuleId("federation.other"),
                Mode.ENFORCE,
                "{\"peers\":[\"a.example\"],\"certificate\":\"valid\"}",
                "admin");

        assertThat(post(rule(Map.of("certificate", "valid"))).html()).contains("contradicts rule federation.other");
        assertThat(rules()).hasSize(1);
    }

    @Test
    void showsTheRulesAndTheOneInTheAddressInTheEditor() throws SQLException {
        stage.policies.change(
                PARTNERS,
                Mode.OBSERVE,
                "{\"peers\":[\"a.example\"],\"certificate\":\"encrypted\",\"direction\":\"in\",\"note\":\"<script>alert(1)\","
                        + "\"exceptions\":[{\"peer\":\"a.example\",\"reason\":\"r\",\"until\":\"2020-01-01\"}]}",
                "admin");

        String html = look(Map.of("rule", "partners"));

        assertThat(html)
                .contains("encryption with TLS", "1 of them over", "Only sessions they opened to us")
                .contains("Rule partners", "a.example 2020-01-01 r</textarea>")
                .contains("name=\"version\" value=\"1\"")
                .doesNotContain("<script>alert");
    }

    @Test
    void setsTheModeOfOneRule() throws SQLException {
        stage.policies.change(PARTNERS, Mode.OBSERVE, "{\"peers\":[\"*\"],\"certificate\":\"valid\"}", "admin");

        post(Map.of("action", "mode", "rule", PARTNERS.value(), "version", "1", "mode", "ENFORCE"));

        assertThat(rules()).singleElement().satisfies(row -> assertThat(row.mode())
                .isEqualTo(Mode.ENFORCE));
    }

    @Test
    void showsWhatAPresetWouldChangeThenTakesItOver() {
        Answer shown = post(Map.of("action", "preset", "preset", Preset.BCP_195.word()));
        assertThat(shown.status()).isEqualTo(200);
        assertThat(shown.html()).contains("federation.everybody", "certificate added");
        assertThat(rules()).isEmpty();

        Answer taken = post(Map.of("action", "take", "file", Preset.BCP_195.text(), "basis", basis(shown.html())));

        assertThat(taken.location()).isEqualTo("bastion-policy.jsp?done=policy-changed");
        assertThat(rules()).hasSize(1);
        assertThat(look(Map.of())).contains("\"format\": \"bastion-federation-policy\"");
    }

    @Test
    void refusesAFileAsAWholeWithLineAndField() {
        String file = Preset.BCP_195.text().replace("\"valid\"", "\"<b>fine\"");

        Answer answer = post(Map.of("action", "try", "file", file));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.html())
                .contains("<td>10</td>", "rules[0].certificate", "must be one of none, encrypted, valid, pinned")
                .doesNotContain("<b>fine");
        assertThat(post(Map.of("action", "take", "file", file, "basis", "")).status())
                .isEqualTo(400);
        assertThat(rules()).isEmpty();
    }

    @Test
    void takesNothingOverWhenThePolicyMovedAfterTheDryRun() throws SQLException {
        String basis = basis(post(Map.of("action", "preset", "preset", Preset.BCP_195.word()))
                .html());
        stage.policies.change(PARTNERS, Mode.OBSERVE, "{\"peers\":[\"*\"],\"certificate\":\"valid\"}", "other");

        Answer answer = post(Map.of("action", "take", "file", Preset.BCP_195.text(), "basis", basis));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(rules()).hasSize(1);
    }

    @Test
    void saysSoWhenTheDatabaseIsAway() {
        stage.policies.down = true;

        assertThat(post(Map.of("action", "take", "file", Preset.BCP_195.text(), "basis", ""))
                        .status())
                .isEqualTo(503);
    }

    private void seen(String... domains) {
        for (String domain : domains) {
            stage.history.look(List.of(MemoryServerSession.plain(Direction.OUTGOING, domain)));
        }
        stage.history.flush();
    }

    private static Map<String, String> everybody(String action, Map<String, String> more) {
        Map<String, String> fields = new HashMap<>(rule(more));
        fields.put("action", action);
        fields.put("peers", "*");
        fields.put("certificate", "encrypted");
        return fields;
    }

    @Test
    void showsWhoADraftWouldCutOffAndKeepsWhatWasTyped() throws InterruptedException {
        seen("bad.example", "worse.example");
        assertThat(stage.writer.flush(10_000)).isTrue();

        Answer answer = post(everybody("simulate", Map.of("days", "7", "note", "a draft")));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.html())
                .contains("2 of 2 servers would be cut off", "from 2026-11-16 to 2026-11-22")
                .contains("bad.example", "not encrypted", "federation.partners", "value=\"a draft\"");
        assertThat(rules()).isEmpty();
    }

    @Test
    void oneClickAddsAnExceptionToTheDraftAndTriesItAgain() throws InterruptedException {
        seen("bad.example", "worse.example");
        assertThat(stage.writer.flush(10_000)).isTrue();

        Answer answer = post(everybody(
                "except bad.example", Map.of("except-reason", "their <b>key</b> comes", "except-until", "2026-12-24")));

        assertThat(answer.html())
                .contains("1 of 2 servers would be cut off")
                .contains("bad.example 2026-12-24 their &lt;b&gt;key&lt;/b&gt; comes</textarea>");
        assertThat(rules()).isEmpty();
        assertThat(post(everybody("except bad.example", Map.of("except-until", "2026-12-24")))
                        .status())
                .isEqualTo(400);
        assertThat(post(everybody("except bad.example", Map.of("except-reason", "r", "except-until", "soon")))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void aDraftWithAFaultIsNotTried() {
        Answer answer = post(everybody("simulate", Map.of("peers", "", "tls", "7")));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.html()).doesNotContain("would be cut off");
    }

    @Test
    void aNewRuleNeedsNoNameToBeTried() throws InterruptedException {
        seen("bad.example");
        assertThat(stage.writer.flush(10_000)).isTrue();

        assertThat(post(everybody("simulate", Map.of("rule", "", "mode", "OBSERVE")))
                        .html())
                .contains("1 of 1 servers would be cut off");
    }

    @Test
    void showsWhoAPolicyFileWouldCutOffAsIfItsRulesWereInEnforce() throws InterruptedException {
        seen("bad.example");
        assertThat(stage.writer.flush(10_000)).isTrue();

        Answer answer = post(Map.of("action", "simulate-file", "file", Preset.RFC_7590.text()));

        assertThat(answer.html())
                .contains("1 of 1 servers would be cut off", "certificate added")
                .doesNotContain("Add exception");
        assertThat(rules()).isEmpty();
    }

    @Test
    void aChangeForSomeMinutesIsShownWithTheTimeLeftAndConfirmed() {
        Answer answer = post(rule(Map.of("certificate", "valid", "minutes", "10")));
        assertThat(answer.location()).as(answer.html()).isEqualTo("bastion-policy.jsp?done=commit-pending");
        assertThat(rules()).singleElement().satisfies(row -> assertThat(row.mode())
                .isEqualTo(Mode.ENFORCE));
        assertThat(look(Map.of())).contains("10 min 0 s left", "federation.partners", "commit-confirm");
        assertThat(post(Map.of(
                                "action",
                                "mode",
                                "rule",
                                PARTNERS.value(),
                                "version",
                                "1",
                                "mode",
                                "OFF",
                                "minutes",
                                "5"))
                        .status())
                .isEqualTo(409);

        assertThat(post(Map.of("action", "confirm")).location()).isEqualTo("bastion-policy.jsp?done=done");

        assertThat(look(Map.of())).doesNotContain("commit-confirm");
        assertThat(post(Map.of("action", "confirm")).status()).isEqualTo(409);
        assertThat(stage.recorded)
                .extracting(AuditEvent::action, AuditEvent::actor)
                .contains(tuple("commit-pending", "admin"), tuple("commit-confirmed", "admin"));
    }

    @Test
    void aPolicyFileForSomeMinutesIsUndoneAsAWhole() {
        String basis = basis(post(Map.of("action", "preset", "preset", Preset.BCP_195.word()))
                .html());
        Answer taken = post(Map.of("action", "take", "file", Preset.BCP_195.text(), "basis", basis, "minutes", "10"));
        assertThat(taken.location()).isEqualTo("bastion-policy.jsp?done=commit-pending");

        post(Map.of("action", "undo"));

        assertThat(rules()).singleElement().satisfies(row -> assertThat(row.mode())
                .isEqualTo(Mode.OFF));
    }

    @Test
    void theGuardIsSetToEnforceForSomeMinutes() {
        assertThat(admin.get(stage.page("federation"), Map.of()).html()).contains("id=\"enforce\"");
        for (String minutes : List.of("", "0", "1441", "ten")) {
            assertThat(post(Map.of("action", "enforce", "minutes", minutes)).status())
                    .isEqualTo(400);
        }
        assertThat(stage.mode()).isEqualTo(Mode.OBSERVE);

        post(Map.of("action", "enforce", "minutes", "15"));

        assertThat(stage.mode()).isEqualTo(Mode.ENFORCE);
        assertThat(admin.get(stage.page("federation"), Map.of()).html())
                .contains("15 min 0 s left", "the guard set to enforce")
                .doesNotContain("id=\"enforce\"");
        post(Map.of("action", "undo"));
        assertThat(stage.mode()).isEqualTo(Mode.OBSERVE);
    }

    private static String basis(String html) {
        Matcher field = Pattern.compile("name=\"basis\" value=\"([^\"]*)\"").matcher(html);
        assertThat(field.find()).isTrue();
        return field.group(1);
    }
}
