// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

class PhrasesPropertyTest {
    /** Few letters, so that phrases overlap and contain each other. */
    @Provide
    Arbitrary<String> words() {
        return Arbitraries.strings()
                .withChars('a', 'b', ' ', '-', '日')
                .ofMinLength(1)
                .ofMaxLength(6);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars('a', 'b', ' ', '-', '日').ofMaxLength(40);
    }

    @Property(tries = 3_000)
    void findsWhatAPlainSearchFinds(
            @ForAll @Size(max = 8) List<@From("words") String> phrases, @ForAll("texts") String text) {
        List<FoldedText> folded =
                phrases.stream().map(phrase -> FoldedText.of(phrase, 256)).toList();
        FoldedText where = FoldedText.of(text, 1_000);
        Phrases.Match found = Phrases.of(folded).matchIn(where);
        assertThat(found != null).isEqualTo(folded.stream().anyMatch(phrase -> plainly(phrase, where)));
        if (found != null) {
            assertThat(where.toString().substring(found.begin(), found.end()))
                    .isEqualTo(folded.get(found.phrase()).toString());
        }
    }

    @Property(tries = 3_000)
    void collectsAllThatStandAnywhere(
            @ForAll @Size(max = 8) List<@From("words") String> phrases, @ForAll("texts") String text) {
        List<FoldedText> folded =
                phrases.stream().map(phrase -> FoldedText.of(phrase, 256)).toList();
        FoldedText where = FoldedText.of(text, 1_000);
        BitSet found = new BitSet();
        Phrases.of(folded, false).collect(where, found::set);
        for (int i = 0; i < folded.size(); i++) {
            String phrase = folded.get(i).toString();
            boolean first = folded.stream().map(FoldedText::toString).toList().indexOf(phrase) == i;
            assertThat(found.get(i))
                    .isEqualTo(first && !phrase.isEmpty() && where.toString().contains(phrase));
        }
    }

    private static boolean plainly(FoldedText phrase, FoldedText text) {
        String wanted = phrase.toString();
        for (int at = text.toString().indexOf(wanted); at >= 0 && !wanted.isEmpty(); ) {
            if (text.isWordEdge(at) && text.isWordEdge(at + wanted.length())) {
                return true;
            }
            at = text.toString().indexOf(wanted, at + 1);
        }
        return false;
    }
}
