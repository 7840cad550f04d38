// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import im.bastion.moderation.rule.BrokenDefinition;
import im.bastion.moderation.rule.Needles;
import im.bastion.moderation.rule.RuleOutcome;
import im.bastion.moderation.rule.RuleStage;
import im.bastion.moderation.text.FoldedText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternRuleTest {
    private final RuleStage stage = new RuleStage();

    private static String definition(String pattern) {
        return "{'patterns':['" + pattern.replace("\\", "\\\\") + "']}";
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(?<=a)b|look-behind",
                "a(?=b)|look-ahead",
                "a(?!b)|look-ahead",
                "(a)\\1|back-references",
                "(?>a)|atomic groups",
                "a++|possessive",
                "a{2}+b|possessive",
                "(a|RE2 syntax",
                "a*|empty text",
                "((a{100}){100}){10}|smaller"
            })
    void refusesWhatCannotBeDoneInLinearTimeAndSaysWhy(String pattern, String why) {
        assertThatThrownBy(() -> RuleStage.rule(PatternRule.TYPE, definition(pattern)))
                .isInstanceOf(BrokenDefinition.class)
                .hasMessageContaining("\"patterns[0]\"")
                .hasMessageContaining(why);
    }

    @Test
    void findsInFoldedText() throws BrokenDefinition {
        var rule = RuleStage.rule(PatternRule.TYPE, definition("free\\s+(coins|money)"));
        assertThat(stage.say(rule, RuleStage.KIM, "FRÉE   money!")).isInstanceOf(RuleOutcome.Finding.class);
        assertThat(stage.say(rule, RuleStage.KIM, "free as in beer")).isSameAs(RuleOutcome.PASS);
    }

    @Test
    @Timeout(10)
    void noInputStallsIt() throws BrokenDefinition {
        var rule = RuleStage.rule(PatternRule.TYPE, definition("(a+)+b|(x|x|x)*y"));
        assertThat(stage.say(rule, RuleStage.KIM, "a".repeat(60_000) + "x".repeat(5_000)))
                .isSameAs(RuleOutcome.PASS);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "buy pills now|pills",
                "colou?r of money|money",
                "[abc]defg|defg",
                "ab+cde|cde",
                "\\d{3}-\\w+xyzzy|xyzzy",
                "abc|abc",
                "spam{2}|spa"
            })
    void knowsWhatATextMustHold(String pattern, String literal) {
        assertThat(RequiredLiteral.of(pattern)).isEqualTo(literal);
    }

    @Test
    void topLevelAlternativesNeedNothing() {
        assertThat(RequiredLiteral.of("pills|coins")).isEmpty();
        assertThat(RequiredLiteral.of("(hidden)")).isEmpty();
        assertThat(RequiredLiteral.of("(free|cheap) coins")).isEqualTo("coins");
        assertThat(RequiredLiteral.of("\\Qpills\\E")).isEmpty();
        assertThat(RequiredLiteral.of("\\x{70}ills")).isEqualTo("ills");
    }

    @Test
    void whatItFindsHoldsItsNeedles() throws BrokenDefinition {
        String[] patterns = {"buy (pills|coins) now!*", "win+er of [0-9]+ dollars", "x{2,}lottery\\b", "free.?money"};
        String[] texts = {"BUY coins NOW!!", "winnner of 100 dollars", "xxxlottery", "free money", "free-money"};
        int found = 0;
        for (String pattern : patterns) {
            var rule = RuleStage.rule(PatternRule.TYPE, definition(pattern));
            List<Needles> needles = rule.needles();
            for (String text : texts) {
                if (stage.say(rule, RuleStage.KIM, text) instanceof RuleOutcome.Finding) {
                    found++;
                    FoldedText folded = FoldedText.of(text, text.length());
                    assertThat(needles.get(0).any())
                            .anyMatch(needle -> folded.toString().contains(needle.toString()));
                }
            }
        }
        assertThat(found).isEqualTo(5);
    }
}
