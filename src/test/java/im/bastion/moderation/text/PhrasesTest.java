// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PhrasesTest {
    private static int find(List<String> phrases, String text) {
        List<FoldedText> folded =
                phrases.stream().map(phrase -> FoldedText.of(phrase, 256)).toList();
        Phrases.Match match = Phrases.of(folded).matchIn(FoldedText.of(text, 10_000));
        return match == null ? -1 : match.phrase();
    }

    @Test
    void findsAPhraseWhereverItStands() {
        List<String> phrases = List.of("buy now");
        assertThat(Stream.of("buy now", "please BUY  NOW!", "(buy now)", "x\nbuy\nnow\ny"))
                .allMatch(text -> find(phrases, text) == 0);
    }

    @Test
    void findsWholeWordsOnly() {
        List<String> phrases = List.of("cunt", "ass");
        assertThat(Stream.of("I live in Scunthorpe", "a classic assessment", "asses", "1ass", "ass1"))
                .allMatch(text -> find(phrases, text) == -1);
    }

    @Test
    void findsAPhraseThatBeginsOrEndsWithASign() {
        assertThat(find(List.of("$$$"), "win$$$now")).isZero();
        assertThat(find(List.of("@all"), "hey@all people")).isZero();
        assertThat(find(List.of("@all"), "@allies")).isEqualTo(-1);
    }

    @Test
    void findsThePhraseThatEndsFirst() {
        List<String> phrases = List.of("one two three", "two", "one two");
        assertThat(find(phrases, "one two three")).isEqualTo(2);
        assertThat(find(phrases, "two three")).isEqualTo(1);
    }

    @Test
    void findsAShorterPhraseInsideTheBeginningOfALongerOne() {
        assertThat(find(List.of("a b c d", "b c"), "a b c x")).isEqualTo(1);
        assertThat(find(List.of("a b c d", "c"), "a b c x")).isEqualTo(1);
    }

    @Test
    void goesOnAfterAMatchThatIsNoWholeWord() {
        assertThat(find(List.of("ass", "class act"), "class act")).isEqualTo(1);
        assertThat(find(List.of("ass"), "assess this ass")).isZero();
    }

    @Test
    void findsWordsOfScriptsWithoutSpaces() {
        assertThat(find(List.of("发票"), "本公司代开发票请联系")).isZero();
        assertThat(find(List.of("바보"), "너는바보야")).isZero();
        assertThat(find(List.of("тест"), "протестую")).isEqualTo(-1);
    }

    @Test
    void findsCharactersBeyondTheBasicPlane() {
        assertThat(find(List.of("🍆🍑"), "hi🍆🍑hi")).isZero();
        assertThat(find(List.of("𠀋"), "一𠀋一")).isZero();
    }

    @Test
    void theEarlierOfTwoThatFoldAlikeIsNamed() {
        assertThat(find(List.of("Café", "cafe"), "CAFE")).isZero();
    }

    @Test
    void findsNothingWithoutPhrasesOrText() {
        assertThat(find(List.of(), "anything")).isEqualTo(-1);
        assertThat(find(List.of(""), "anything")).isEqualTo(-1);
        assertThat(find(List.of("anything"), "")).isEqualTo(-1);
    }
}
