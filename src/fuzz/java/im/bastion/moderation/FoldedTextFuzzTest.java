// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation;

import com.code_intelligence.jazzer.api.FuzzedDataProvider;
import com.code_intelligence.jazzer.junit.FuzzTest;
import im.bastion.moderation.text.FoldedText;
import im.bastion.moderation.text.Phrases;
import java.util.List;

/** Any text folds, and any phrase is found in itself. */
class FoldedTextFuzzTest {
    @FuzzTest(maxDuration = "60s")
    void anyPhraseIsFoundInItself(FuzzedDataProvider data) {
        FoldedText phrase = FoldedText.of(data.consumeString(300), 256);
        FoldedText text = FoldedText.of(data.consumeRemainingAsString(), 10_000);
        Phrases phrases = Phrases.of(List.of(phrase));
        int found = phrases.firstIn(text);
        if (found > 0 || (phrase.length() > 0 && phrases.firstIn(phrase) != 0)) {
            throw new AssertionError("Lost: " + phrase);
        }
    }
}
