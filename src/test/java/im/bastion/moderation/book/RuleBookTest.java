// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.book;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.moderation.content.ListedPhraseRule;
import im.bastion.moderation.rule.ActiveRule;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.PolicyRow;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleBookTest {
    private static final RuleId LISTED = new RuleId("moderation.listed-phrase");

    private static List<PolicyRow> row(int version, Mode mode, String body) {
        return List.of(new PolicyRow(LISTED, version, mode, body, "admin", Instant.EPOCH));
    }

    private static RuleBook book(String body) {
        return RuleBook.of(RuleTypes.ALL).with(row(1, Mode.ENFORCE, body));
    }

    @Test
    void putsARuleInForce() {
        RuleBook book = book("{\"phrases\":[\"buy now\"],\"rooms\":[\"*\"]}");
        assertThat(book.problems()).isEmpty();
        assertThat(book.rules()).singleElement().satisfies(active -> {
            assertThat(active.version()).isEqualTo(1);
            assertThat(active.mode()).isEqualTo(Mode.ENFORCE);
            assertThat(active.type()).isEqualTo(ListedPhraseRule.TYPE);
        });
    }

    @Test
    void aRuleThatIsOffIsNotInForceAndMayBeBroken() {
        RuleBook book = RuleBook.of(RuleTypes.ALL).with(row(1, Mode.OFF, "nonsense"));
        assertThat(book.rules()).isEmpty();
        assertThat(book.problems()).isEmpty();
    }

    @Test
    void keepsTheLastGoodVersionAndSaysWhatIsWrong() {
        RuleBook good = book("{\"phrases\":[\"buy now\"]}");
        RuleBook bad = good.with(row(2, Mode.OBSERVE, "{\"phrases\":[]}"));
        assertThat(bad.rules()).isEqualTo(good.rules());
        assertThat(bad.problems())
                .containsExactly(
                        "Rule moderation.listed-phrase version 2: \"phrases\" must be a list of 1 to 10000 texts of"
                                + " 1 to 256 characters; version 1 stays in force");
        RuleBook mended = bad.with(row(3, Mode.OBSERVE, "{\"phrases\":[\"x\"]}"));
        assertThat(mended.problems()).isEmpty();
        assertThat(mended.rules()).extracting(ActiveRule::version).containsExactly(3);
    }

    @Test
    void saysThatABrokenFirstVersionIsNotInForce() {
        assertThat(book("{").problems())
                .containsExactly(
                        "Rule moderation.listed-phrase version 1: \"body\" must be one JSON object of at most 65536 bytes; it is not in force");
    }

    @Test
    void namesARuleItDoesNotKnow() {
        PolicyRow row =
                new PolicyRow(new RuleId("moderation.from-the-future"), 1, Mode.ENFORCE, "{}", "admin", Instant.EPOCH);
        assertThat(RuleBook.of(RuleTypes.ALL).with(List.of(row)).problems())
                .singleElement()
                .asString()
                .contains("moderation.from-the-future", "\"type\" must be one of");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"phrases\"",
                "{\"phrases\":",
                "{}",
                "{\"phrases\":\"buy now\"}",
                "{\"phrases\":[1]}",
                "{\"phrases\":[null]}",
                "{\"phrases\":[[\"x\"]]}",
                "{\"phrases\":[\"\"]}",
                "{\"phrases\":[\"  \"]}",
                "{\"phrases\":[\"\\u200b\"]}",
                "{\"phrases\":[\"ok\"],\"rooms\":[]}",
                "{\"phrases\":[\"ok\"],\"rooms\":\"*\"}",
                "{\"phrases\":[\"ok\"],\"rooms\":[\"conference.home.example\"]}",
                "{\"phrases\":[\"ok\"],\"rooms\":[\"*@\"]}",
                "{\"phrases\":[\"ok\"],\"rooms\":[\"den@conference.home.example/nick\"]}"
            })
    void refusesADefinitionThatIsNotAllowed(String body) {
        RuleBook book = book(body);
        assertThat(book.rules()).isEmpty();
        assertThat(book.problems()).hasSize(1);
    }

    @Test
    void acceptsAsManyPhrasesAsAllowedAndNoMore() {
        assertThat(book(phrases(10_000)).problems()).isEmpty();
        assertThat(book(phrases(10_001)).problems()).hasSize(1);
        assertThat(book("{\"phrases\":[\"" + "x".repeat(256) + "\"]}").problems())
                .isEmpty();
        assertThat(book("{\"phrases\":[\"" + "x".repeat(257) + "\"]}").problems())
                .singleElement()
                .asString()
                .contains("\"phrases[0]\"", "1 to 256");
        assertThat(book("{\"phrases\":[\"" + "\uFDFA".repeat(256) + "\"]}").problems())
                .as("a ligature of 18 characters")
                .hasSize(1);
    }

    @Test
    void survivesDeepNesting() {
        assertThat(book("{\"phrases\":" + "[".repeat(30_000)).problems()).hasSize(1);
    }

    private static String phrases(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "\"" + Integer.toString(i, 36) + "\"")
                .collect(Collectors.joining(",", "{\"phrases\":[", "]}"));
    }
}
