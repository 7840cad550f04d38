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
        String original = data.consumeRemainingAsString();
        FoldedText text = FoldedText.of(original, 10_000);
        Phrases phrases = Phrases.of(List.of(phrase));
        Phrases.Match found = phrases.matchIn(text);
        if (found != null) {
            text.originOf(found.begin(), found.end(), original);
        }
        if (phrase.length() > 0 && !phrases.isAnyIn(phrase)) {
            throw new AssertionError("Lost: " + phrase);
        }
    }
}
