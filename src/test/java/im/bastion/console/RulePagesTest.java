// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.console.Browser.Answer;
import im.bastion.policy.Mode;
import im.bastion.store.PolicyRow;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The forms of the rules. */
class RulePagesTest {
    private final Stage stage = new Stage();
    private final Browser admin = new Browser("admin");

    @AfterEach
    void close() {
        stage.close();
    }

    @Test
    void storesThePhrasesAndRoomsLineByLine() {
        Answer answer = admin.post(
                stage.page("moderation"),
                phrases("0", " buy pills \r\n\r\nwin \"money\"\r\nbuy pills", "lobby@conference.home.example"));

        assertThat(answer.location()).isEqualTo("bastion-moderation.jsp?done=policy-changed");
        PolicyRow row = stage.policies.of("moderation").get(0);
        assertThat(row.rule()).isEqualTo(PhraseRuleForm.RULE);
        assertThat(row.mode()).isEqualTo(Mode.ENFORCE);
        assertThat(row.author()).isEqualTo("admin");
        assertThat(row.body())
                .isEqualTo("{\"phrases\":[\"buy pills\",\"win \\\"money\\\"\"],"
                        + "\"rooms\":[\"lobby@conference.home.example\"]}");
    }

    @Test
    void leavesTheRoomsOutWhenTheRuleIsForAll() {
        admin.post(stage.page("moderation"), phrases("0", "spam", ""));

        assertThat(stage.policies.of("moderation").get(0).body()).isEqualTo("{\"phrases\":[\"spam\"]}");
    }

    @Test
    void showsTheStoredRuleEscaped() throws SQLException {
        stage.policies.change(
                PhraseRuleForm.RULE,
                Mode.ENFORCE,
                "{\"phrases\":[\"</textarea><script>alert(1)</script>\"],\"rooms\":[\"<i>\"]}",
                Stage.HOSTILE);

        String html = admin.get(stage.page("moderation"), Map.of()).html();

        assertThat(html)
                .contains("&lt;/textarea&gt;&lt;script&gt;")
                .doesNotContain("<script>alert")
                .doesNotContain("<i>");
        assertThat(html).contains("Version 1, saved by").contains("name=\"version\" value=\"1\"");
    }

    @Test
    void showsAnEmptyFormForADefinitionItCannotRead() throws SQLException {
        stage.policies.change(PhraseRuleForm.RULE, Mode.ENFORCE, "[1,2", "admin");

        assertThat(admin.get(stage.page("moderation"), Map.of()).status()).isEqualTo(200);
    }

    @Test
    void wantsAPhraseUnlessTheRuleIsOff() {
        Answer answer = admin.post(stage.page("moderation"), phrases("0", " \n ", ""));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.html()).contains("The rule needs at least one phrase");
        assertThat(stage.policies.of("moderation")).isEmpty();
    }

    @Test
    void refusesWhatTheGuardCouldNotUseAndNamesTheField() {
        Answer room = admin.post(stage.page("moderation"), phrases("0", "spam", "not a@@room"));
        Answer phrase = admin.post(stage.page("moderation"), phrases("0", "x".repeat(300), ""));

        assertThat(List.of(room.status(), phrase.status())).containsOnly(400);
        assertThat(room.html())
                .contains("The rule was not saved")
                .contains("rooms")
                .contains("not a@@room</textarea>");
        assertThat(phrase.html()).contains("phrases").contains("256");
        assertThat(stage.policies.of("moderation")).isEmpty();
    }

    @Test
    void keepsTheTextWhenSomebodyElseWasFaster() throws SQLException {
        stage.policies.change(PhraseRuleForm.RULE, Mode.OBSERVE, "{\"phrases\":[\"theirs\"]}", "other");

        Answer answer = admin.post(stage.page("moderation"), phrases("0", "mine", ""));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.html()).contains("Somebody else has saved version 1").contains(">mine</textarea>");
        assertThat(stage.policies.of("moderation").get(0).version()).isEqualTo(1);
    }

    @Test
    void keepsTheTextWhenTheDatabaseIsDown() {
        stage.policies.down = true;

        Answer answer = admin.post(stage.page("moderation"), phrases("0", "mine", ""));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.html())
                .contains("The database did not take the rule.")
                .contains(">mine</textarea>");
    }

    @Test
    void storesNothingWhenNothingIsDifferent() {
        admin.post(stage.page("moderation"), phrases("0", "spam", ""));

        Answer again = admin.post(stage.page("moderation"), phrases("1", "spam", ""));

        assertThat(again.location()).isEqualTo("bastion-moderation.jsp?done=unchanged");
        assertThat(stage.policies.of("moderation").get(0).version()).isEqualTo(1);
    }

    private static Map<String, String> phrases(String version, String phrases, String rooms) {
        return Map.of("action", "rule", "version", version, "mode", "ENFORCE", "phrases", phrases, "rooms", rooms);
    }
}
