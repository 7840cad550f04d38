// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.re2j.Pattern;
import im.bastion.moderation.rule.BrokenDefinition;
import im.bastion.moderation.rule.Definition;
import im.bastion.moderation.rule.ModerationRule;
import im.bastion.moderation.rule.RuleOutcome;
import im.bastion.moderation.rule.RuleStage;
import java.time.Duration;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PatternRuleTest {
    private final RuleStage stage = new RuleStage();

    private static ModerationRule rule(String pattern) throws BrokenDefinition {
        JsonArray patterns = new JsonArray();
        patterns.add(pattern);
        JsonObject definition = new JsonObject();
        definition.add("patterns", patterns);
        return PatternRule.TYPE.reader().read(new Definition(definition));
    }

    private RuleOutcome say(ModerationRule rule, String body) {
        return stage.say(rule, RuleStage.KIM, body);
    }

    @Test
    void findsWhatFitsHoweverItIsDressed() throws BrokenDefinition {
        ModerationRule rule = rule("buy .{0,20}p[i1]lls");
        assertThat(say(rule, "Psst: BÚY\u200B cheap  P1LLS here"))
                .isInstanceOfSatisfying(RuleOutcome.Finding.class, finding -> {
                    assertThat(finding.evidence().begin()).isEqualTo(6);
                    assertThat(finding.evidence().end()).isEqualTo(23);
                });
        assertThat(say(rule, "buy bread")).isSameAs(RuleOutcome.PASS);
    }

    @ParameterizedTest
    @CsvSource({
        "(?<=x)abc, look-behind",
        "(?<!x)abc, look-behind",
        "abc(?=x), look-ahead",
        "abc(?!x), look-ahead",
        "(a)\\1, back-references",
        "(?<n>a)\\k<n>, back-references",
        "a++b, possessive",
        "a{2}+b, possessive",
        "(?>ab)c, atomic"
    })
    void refusesWhatNoEngineDoesInLinearTimeAndSaysWhatToDoInstead(String pattern, String construct) {
        assertThatThrownBy(() -> rule(pattern))
                .isInstanceOf(BrokenDefinition.class)
                .hasMessageContaining("\"patterns[0]\"")
                .hasMessageContaining(construct)
                .hasMessageContaining(": ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[(?=]abc",
                "\\(?=abc",
                "a\\++",
                "[+]+x",
                "\\\\d+x",
                "(?P<name>ab)c",
                "(?i)abc",
                "a+?b",
                "\\x{41}bc"
            })
    void acceptsWhatOnlyLooksLikeIt(String pattern) throws BrokenDefinition {
        assertThat(rule(pattern)).isNotNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[a", "a{2,1}", "*a", "\\", "\\y", "(?P<", "a**"})
    void refusesWhatDoesNotParse(String pattern) {
        assertThatThrownBy(() -> rule(pattern))
                .isInstanceOf(BrokenDefinition.class)
                .hasMessageContaining("RE2 syntax");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a*", "(|b)", "x?", ".{0,5}", "^", "()"})
    void refusesWhatFitsTheEmptyText(String pattern) {
        assertThatThrownBy(() -> rule(pattern))
                .isInstanceOf(BrokenDefinition.class)
                .hasMessageContaining("empty text");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "(((a{100}){100}){100}){100}",
                "((((((((((a{2}){3}){4}){5}){6}){7}){8}){9}){10}){11})b",
                "(.{1000}x){2}"
            })
    void refusesWhatGrowsTooLargeWithoutMakingIt(String pattern) {
        Assertions.assertTimeoutPreemptively(Duration.ofSeconds(2), () -> assertThatThrownBy(() -> rule(pattern))
                .isInstanceOf(BrokenDefinition.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a{2,1000}", "(?:[a-z]{1,50}\\.){1,4}com", "[{1000}]{100}", "a{,5}b", "(a|b){100}c"})
    void tellsHowLargeAProgramWillBe(String pattern) {
        assertThat(ProgramBound.of(pattern))
                .isGreaterThanOrEqualTo(Pattern.compile(pattern).programSize() / 4)
                .isLessThan(4_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"(a|aa)+b", "(a+)+b", "(.*)(.*)(.*)b", "(x+x+)+y", "(.{1,40}a){3}b"})
    void noMessageStallsAPattern(String pattern) throws BrokenDefinition {
        ModerationRule rule = rule(pattern);
        Assertions.assertTimeout(Duration.ofSeconds(2), () -> say(rule, "a".repeat(60_000)));
    }

    @ParameterizedTest
    @CsvSource({
        "buy cheap, buy cheap",
        "buy cheap \\d+, buy cheap",
        "evil\\.com/x?, evil.com/",
        "a\\.?bcd, bcd",
        "'   abc', abc",
        "'abc  def', ''",
        "casino|bonus, ''",
        "(casino|bonus) now, now",
        "(?:casino|bonus)free+, free",
        "abcd?ef, abc",
        "abcd*, abc",
        "abcd{0}, abc",
        "abc+def, abc",
        "[xyz]winner, winner",
        "[]xyz]winner, winner",
        "[[:alpha:]xyz]winner, winner",
        "\\d{3}loan, loan",
        "\\x{1F600}abc, abc",
        "\\x41bcd, bcd",
        "\\pLabc, abc",
        "\\p{Greek}abc, abc",
        "\\101abc, abc",
        "ab, ''",
        "(casino), ''",
        "\\Qa|b\\E, ''",
        "\\(casino, (casino",
        "(?i)casino, casino"
    })
    void knowsWhatATextMustHold(String pattern, String literal) {
        assertThat(RequiredLiteral.of(pattern)).isEqualTo(literal);
    }
}
