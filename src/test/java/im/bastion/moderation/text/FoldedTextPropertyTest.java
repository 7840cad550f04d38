// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;

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

    /** The fast path and the general one are two ways to the same text. */
    @Property
    void asciiFoldsAlikeAloneAndBesideOtherScripts(
            @ForAll @CharRange(from = 0, to = 127) @StringLength(max = 200) String text) {
        String alone = FoldedText.of("a" + text, 1_000).toString();
        assertThat(FoldedText.of("д a" + text, 1_000)).hasToString("д " + alone);
    }
}
