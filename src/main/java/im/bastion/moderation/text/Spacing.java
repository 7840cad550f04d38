// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.text;

import java.util.Arrays;

/** Closes the gaps in words whose letters stand apart: at least three single letters with one sign between each two. */
final class Spacing {
    private static final int LEAST = 3;
    private static final String GAPS = " .-_*,/|·•~";

    private Spacing() {}

    static FoldedText closed(FoldedText text) {
        char[] chars = new char[text.length()];
        int[] origins = new int[text.length()];
        int length = 0;
        boolean changed = false;
        int i = 0;
        while (i < text.length()) {
            int letters = lettersApart(text, i);
            if (letters >= LEAST) {
                changed = true;
                for (int k = 0; k < letters; k++) {
                    origins[length] = i + 2 * k;
                    chars[length++] = text.charAt(i + 2 * k);
                }
                i += 2 * letters - 1;
            } else {
                origins[length] = i;
                chars[length++] = text.charAt(i++);
            }
        }
        return changed ? FoldedText.ofFolded(Arrays.copyOf(chars, length), Arrays.copyOf(origins, length), text) : text;
    }

    /** How many single letters, one sign apart, begin there. */
    private static int lettersApart(FoldedText text, int begin) {
        if (begin > 0 && Character.isLetterOrDigit(text.charAt(begin - 1))) {
            return 0;
        }
        int letters = 0;
        int i = begin;
        while (i < text.length() && Character.isLetterOrDigit(text.charAt(i))) {
            boolean single = i + 1 >= text.length() || !Character.isLetterOrDigit(text.charAt(i + 1));
            if (!single) {
                return letters < LEAST ? 0 : letters;
            }
            letters++;
            if (i + 1 >= text.length() || GAPS.indexOf(text.charAt(i + 1)) < 0) {
                return letters;
            }
            i += 2;
        }
        return letters;
    }
}
