// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.text;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.moderation.text.View.Lookalikes;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ViewTest {
    private static FoldedText folded(String text) {
        return FoldedText.of(text, text.length());
    }

    @Test
    void takesLookalikesInMixedWordsOnly() {
        assertThat(View.DEFAULT.of(folded("саsino раypal")).toString()).isEqualTo("casino paypal");
        assertThat(View.DEFAULT.of(folded("сор и рука")).toString()).isEqualTo("сор и рука");
        View all = new View(Lookalikes.ALL, false, false);
        assertThat(all.of(folded("сор")).toString()).isEqualTo("cop");
        View off = new View(Lookalikes.OFF, false, false);
        assertThat(off.of(folded("саsino")).toString()).isEqualTo("саsino");
    }

    @ParameterizedTest
    @CsvSource({"v1agra,viagra", "c4$in0,casino", "1990,1990", "f@c7,fact"})
    void leetStandsForLetters(String written, String meant) {
        View leet = new View(Lookalikes.MIXED, true, false);
        assertThat(leet.of(folded(written)).toString())
                .isEqualTo(leet.of(folded(meant)).toString());
    }

    @ParameterizedTest
    @CsvSource({"b u y now,buy now", "b.u.y now,buy now", "I a m here,iam here", "a b,a b", "no gaps,no gaps"})
    void gapsBetweenSingleLettersClose(String written, String seen) {
        assertThat(new View(Lookalikes.MIXED, false, true).of(folded(written)).toString())
                .isEqualTo(seen);
    }

    @Test
    void nearlyTheSameTextsShareASampleAndOthersDoNot() {
        long[] first = new long[Shingles.SAMPLES];
        long[] second = new long[Shingles.SAMPLES];
        String text = "Join our casino tonight and win a thousand dollars, no deposit needed";
        int shared = 0;
        for (int i = 0; i < 200; i++) {
            Shingles.of(text, i, first);
            Shingles.of("Hey! " + text + " " + i + " \uD83C\uDF89", i, second);
            shared += Arrays.stream(first).anyMatch(a -> Arrays.stream(second).anyMatch(b -> a == b)) ? 1 : 0;
            Shingles.of("The bus leaves at nine from the old station and I have the tickets", i, second);
            assertThat(first).doesNotContain(second);
        }
        assertThat(shared).isGreaterThan(190);
        assertThat(Shingles.of("+1 thanks", 1, first)).isZero();
        assertThat(Shingles.of("> " + text + "\nyes", 1, first)).isZero();
    }
}
