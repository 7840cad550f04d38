// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.console.Browser.Answer;
import im.bastion.policy.Mode;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for each page. */
class PageTest {
    private static final Map<String, String> TO_ENFORCE =
            Map.of("action", "mode", "guard", "federation", "mode", "ENFORCE", "was", "OBSERVE");

    private final Stage stage = new Stage();
    private final Browser admin = new Browser("admin");

    @AfterEach
    void close() {
        stage.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "overview",
                "moderation",
                "calls",
                "relay",
                "allocations",
                "omemo",
                "keys",
                "doctor",
                "federation"
            })
    void isShownToAdminsAlone(String page) {
        Browser stranger = new Browser(null);

        assertThat(stranger.get(stage.page(page), Map.of()).status()).isEqualTo(403);
        assertThat(stranger.get(stage.page(page), Map.of()).html()).isEmpty();
        assertThat(stranger.post(stage.page(page), TO_ENFORCE).status()).isEqualTo(403);
        assertThat(stage.mode()).isEqualTo(Mode.OBSERVE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"overview", "moderation", "calls", "relay", "omemo", "federation"})
    void changesNothingWithoutTheTokenOfTheSession(String page) {
        Answer missing = admin.postWithoutToken(stage.page(page), TO_ENFORCE);
        admin.get(stage.page(page), Map.of());
        Answer stillMissing = admin.postWithoutToken(stage.page(page), TO_ENFORCE);
        Browser other = new Browser("admin");
        String foreign = token(other.get(stage.page(page), Map.of()).html());
        Answer stale = admin.postWithoutToken(stage.page(page), with(TO_ENFORCE, "csrf", foreign));

        for (Answer answer : new Answer[] {missing, stillMissing, stale}) {
            assertThat(answer.status()).isEqualTo(403);
            assertThat(answer.html()).contains("This form is too old to be trusted.");
        }
        assertThat(stage.mode()).isEqualTo(Mode.OBSERVE);
        assertThat(stage.recorded).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"overview", "moderation", "calls", "relay", "omemo", "federation"})
    void takesTheTokenThatThePageCarries(String page) {
        String token = token(admin.get(stage.page(page), Map.of()).html());

        Answer answer = admin.postWithoutToken(stage.page(page), with(TO_ENFORCE, "csrf", token));

        assertThat(answer.location()).isEqualTo("bastion-" + page + ".jsp?done=mode-changed");
        assertThat(stage.mode()).isEqualTo(Mode.ENFORCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"overview", "moderation", "calls", "relay", "omemo", "federation"})
    void changesNothingOnGet(String page) {
        String token = token(admin.get(stage.page(page), Map.of()).html());

        admin.get(stage.page(page), with(TO_ENFORCE, "csrf", token));

        assertThat(stage.mode()).isEqualTo(Mode.OBSERVE);
        assertThat(stage.recorded).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"overview", "moderation", "calls", "relay", "omemo", "federation"})
    void isAWholeDocumentThatTheConsoleCanFrame(String page) {
        Answer answer = admin.get(stage.page(page), Map.of());

        assertThat(answer.html())
                .contains("<title>")
                .contains("<meta name=\"pageID\" content=\"bastion-" + page + "\">")
                .doesNotContain("style=\"")
                .doesNotContainPattern("<script(?![^>]* src=)")
                .doesNotContainPattern(" on[a-z]+=\"")
                .doesNotContain("http://", "https://")
                .doesNotContainPattern(">bastion\\.");
        assertThat(answer.headers())
                .containsEntry("Content-Type", "text/html; charset=UTF-8")
                .containsEntry("Cache-Control", "no-store")
                .containsEntry("X-Content-Type-Options", "nosniff");
    }

    private static String token(String html) {
        String before = "name=\"csrf\" value=\"";
        int start = html.indexOf(before) + before.length();
        return html.substring(start, html.indexOf('"', start));
    }

    private static Map<String, String> with(Map<String, String> fields, String name, String value) {
        Map<String, String> all = new java.util.HashMap<>(fields);
        all.put(name, value);
        return all;
    }
}
