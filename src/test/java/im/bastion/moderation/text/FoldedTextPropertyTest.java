// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FoldedTextPropertyTest {
    @Property
    void foldingTwiceIsFoldingOnce(@ForAll @StringLength(max = 200) String text) {
        String once = FoldedText.of(text, 1_000).toString();
        assertThat(FoldedText.of(once, 10_000)).hasToString(once);
    }

    @Property
    void caseMakesNoDifferenceInAscii(@ForAll @CharRange(from = ' ', to = '~') @StringLength(max = 200) String text) {
        String lower = FoldedText.of(text.toLowerCase(Locale.ROOT), 1_000).toString();
        assertThat(FoldedText.of(text.toUpperCase(Locale.ROOT), 1_000)).hasToString(lower);
    }

    @Property(tries = 5_000)
    void charactersFoldForThemselvesAsTheyFoldTogether(@ForAll("texts") String text) {
        FoldedText together = new Folding(text, text.length()).foldedTogether();
        assertThat(FoldedText.of(text, 1_000)).hasToString(together.toString());
    }

    /** Any characters, and often those that combine. */
    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> any = Arbitraries.strings().ofMaxLength(20);
        Arbitrary<String> combining = Arbitraries.strings()
                .withCharRange('\u0300', '\u0345')
                .withCharRange('\u0900', '\u0DFF')
                .withCharRange('\u1100', '\u11FF')
                .withCharRange('\uAC00', '\uAC20')
                .withCharRange('\u3040', '\u30FF')
                .withCharRange('\u3131', '\u318E')
                .withCharRange('\uFF66', '\uFFDC')
                .withChars('a', 'ß', ' ', '\u200B', '\u00A8', '\uFF9E', '\uD83D', '\uDE00')
                .ofMaxLength(20);
        return Arbitraries.oneOf(any, combining);
    }

    /** Each character of the basic plane behind one that others join: Latin, kana, a Hangul letter and a syllable. */
    @ParameterizedTest
    @ValueSource(strings = {"a", "\u30AB", "\u1100", "\uAC1C"})
    void everyCharacterFoldsAlikeInAnyCompany(String before) {
        for (char c = 1; c < Character.MAX_VALUE; c++) {
            String text = before + c + "a";
            assertThat(FoldedText.of(text, 3))
                    .as("U+%04X", (int) c)
                    .hasToString(new Folding(text, 3).foldedTogether().toString());
        }
    }
}
