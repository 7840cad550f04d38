// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.text;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.moderation.text.View.Lookalikes;
import java.time.Duration;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginTest {
    private static String original(View view, String phrase, String text) {
        FoldedText seen = view.of(FoldedText.of(text, text.length()));
        Phrases.Match match =
                Phrases.of(List.of(view.of(FoldedText.of(phrase, 256)))).matchIn(seen);
        Origin origin = seen.originOf(match.begin(), match.end(), text);
        return text.substring(origin.begin(), origin.end());
    }

    @ParameterizedTest
    @CsvSource({
        "'  Psst!  Buy   NOW.', 'Buy   NOW'",
        "'a buy\u200B now\u0301\u0301!', 'buy\u200B now\u0301\u0301'",
        "'𝐛𝐮𝐲 𝓷𝓸𝔀 or never', '𝐛𝐮𝐲 𝓷𝓸𝔀'",
        "'ﬁnally Ｂｕｙ　ｎｏｗ', 'Ｂｕｙ　ｎｏｗ'",
        "'हिन्दी buy now', 'buy now'",
        "'😀😀 buу nоw', 'buу nоw'"
    })
    void pointsAtTheOriginal(String text, String place) {
        assertThat(original(View.DEFAULT, "buy now", text)).isEqualTo(place);
    }

    @Test
    void pointsAtTheOriginalAcrossClosedGaps() {
        View spaced = new View(Lookalikes.MIXED, true, true);
        assertThat(original(spaced, "casino", "a big  C.4.S.1.N.0 here")).isEqualTo("C.4.S.1.N.0");
    }

    /** Each part of a text that is folded alone folds to what it folds to in the text. */
    @Property(tries = 3_000)
    void whatIsPointedAtFoldsToWhatWasFound(@ForAll("texts") String text) {
        FoldedText folded = FoldedText.of(text, text.length());
        for (int i = 0; i < folded.length(); i++) {
            Origin origin = folded.originOf(i, i + 1, text);
            assertThat(origin.begin()).isBetween(0, text.length());
            assertThat(origin.end()).isBetween(origin.begin() + 1, text.length());
            String part = "a" + text.substring(origin.begin(), origin.end()) + "a";
            assertThat(FoldedText.of(part, part.length()).toString()).contains(String.valueOf(folded.charAt(i)));
        }
    }

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> parts = Arbitraries.of(
                "a", "B", " ", "  ", "\u200B", "é", "e\u0301", "ß", "ﬁ", "ﷺ", "𝐛", "😀", "か\u3099", "ガ", "ｶ\uFF9E",
                "ᄀ", "ᅡ", "\u0338", "\u202E", "각", "हि", "\u00A8", "\n", "日");
        return parts.list().ofMinSize(1).ofMaxSize(30).map(list -> String.join("", list));
    }

    @Test
    void isFoundQuicklyInTheLongestTextThatNeedsTheSlowWay() {
        String text = "𝐛\u0338".repeat(20_000) + " buy now";
        FoldedText folded = FoldedText.of(text, text.length());
        folded.originOf(folded.length() - 7, folded.length(), text);
        Assertions.assertTimeout(
                Duration.ofMillis(250), () -> assertThat(folded.originOf(folded.length() - 7, folded.length(), text))
                        .isEqualTo(new Origin(text.length() - 7, text.length())));
    }
}
