// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.text;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.moderation.text.View.Lookalikes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ViewTest {
    private static final View LEET = new View(Lookalikes.MIXED, true, false);
    private static final View SPACED = new View(Lookalikes.MIXED, false, true);

    private static String seen(View view, String text) {
        return view.of(FoldedText.of(text, 1_000)).toString();
    }

    @ParameterizedTest
    @CsvSource({
        "buу nоw, buy now",
        "раypal, paypal",
        "ВUУ nоw, buy now",
        "cаsιno, casino",
        "ꭱeal, real",
        "exaмple, example",
        "ɢift, gift",
        "сasino-бонус, casino-бонус"
    })
    void readsMixedWordsAsLatin(String text, String seen) {
        assertThat(seen(View.DEFAULT, text)).isEqualTo(seen);
    }

    @ParameterizedTest
    @ValueSource(strings = {"сор", "осетр на рынке", "το ποτό", "ձեր տուն", "рус-eng", "USB кабель", "у меня iPhone"})
    void leavesHonestWordsAlone(String text) {
        assertThat(seen(View.DEFAULT, text))
                .isEqualTo(FoldedText.of(text, 1_000).toString());
    }

    @Test
    void readsEveryWordAsLatinWhenTold() {
        assertThat(seen(new View(Lookalikes.ALL, false, false), "сор")).isEqualTo("cop");
        assertThat(seen(new View(Lookalikes.OFF, false, false), "nоw")).isEqualTo("nоw");
    }

    @ParameterizedTest
    @CsvSource({"c4s1n0, casino", "b1tch, bitch", "pi11s, piiis", "a$$, ass", "12345, 12345", "10:45 $100, 10:45 $100"})
    void readsSignsAsLettersInWordsWithLetters(String text, String seen) {
        assertThat(seen(LEET, text)).isEqualTo(seen);
    }

    @ParameterizedTest
    @CsvSource({
        "b u y now, buy now",
        "B.U.Y now, buy now",
        "b_u_y-n_o_w, buynow",
        "I a m, iam",
        "we do, we do",
        "a b see, a b see",
        "buy n o w, buy now"
    })
    void closesGapsBetweenSingleLetters(String text, String seen) {
        assertThat(seen(SPACED, text)).isEqualTo(seen);
    }
}
