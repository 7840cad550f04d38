// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldedTextTest {
    @ParameterizedTest
    @CsvSource({
        "Buy NOW, buy now",
        "Ｂｕｙ　ｎｏｗ, buy now",
        "b\u200Bu\u200Dy n\u00ADow, buy now",
        "bu\u0301\u0308y n\u0336o\u0336w, buy now",
        "búy nøw, buy nøw",
        "\u202Ebuy\u202C now, buy now",
        "buy\u00A0\u2003 now, buy now",
        "b\uFE0Fuy now\uFE0F, buy now",
        "ﬁnal oﬀer, final offer",
        "STRASSE, strasse",
        "Straße, strasse",
        "ΟΔΟΣ, οδοσ",
        "οδός, οδοσ",
        "İstanbul, istanbul",
        "𝐛𝐮𝐲 𝓷𝓸𝔀, buy now",
        "⑴ ②, (1) 2",
        "Привет, привет",
        "مَرْحَبًا, مرحبا"
    })
    void readsAlikeWhatLooksAlike(String written, String folded) {
        assertThat(FoldedText.of(written, 1_000)).hasToString(folded);
    }

    @Test
    void keepsVowelSignsThatMakeAnotherWord() {
        assertThat(FoldedText.of("हिन्दी", 100).toString())
                .isNotEqualTo(FoldedText.of("हन्द", 100).toString());
        assertThat(FoldedText.of("ที่", 100).toString())
                .isNotEqualTo(FoldedText.of("ท", 100).toString());
        assertThat(FoldedText.of("が", 100).toString())
                .isNotEqualTo(FoldedText.of("か", 100).toString());
    }

    @Test
    void makesOneSpaceOfManyAndNoneAtTheEnds() {
        assertThat(FoldedText.of(" \t\n buy \r\n\0 now \n", 100)).hasToString("buy now");
        assertThat(FoldedText.of("\u2003é\u2003", 100)).hasToString("e");
        assertThat(FoldedText.of("\u200B \u200B", 100)).hasToString("");
        assertThat(FoldedText.of("", 100)).hasToString("");
    }

    @Test
    void looksAtNoMoreThanItsLimit() {
        assertThat(FoldedText.of("buy now", 3)).hasToString("buy");
        assertThat(FoldedText.of("búy now", 3)).hasToString("buy");
    }

    @Test
    void acceptsHalvesOfSurrogatePairs() {
        assertThat(FoldedText.of("a\uD83D", 100).length()).isEqualTo(2);
        assertThat(FoldedText.of("\uDE00b", 100).length()).isEqualTo(2);
        assertThat(FoldedText.of("\uD83D\uDE00", 1).length()).isEqualTo(1);
    }

    @Test
    void aWordEndsBesideWhatIsNoLetterOrDigit() {
        FoldedText text = FoldedText.of("to be-it", 100);
        assertThat(text.isWordEdge(0)).isTrue();
        assertThat(text.isWordEdge(1)).isFalse();
        assertThat(text.isWordEdge(2)).isTrue();
        assertThat(text.isWordEdge(3)).isTrue();
        assertThat(text.isWordEdge(5)).isTrue();
        assertThat(text.isWordEdge(8)).isTrue();
    }

    @Test
    void aWordMayEndAnywhereInAScriptWithoutSpaces() {
        FoldedText text = FoldedText.of("日本語", 100);
        assertThat(text.isWordEdge(1)).isTrue();
        assertThat(text.isWordEdge(2)).isTrue();
    }
}
