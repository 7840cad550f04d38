// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.text;

import java.text.Normalizer;

/**
 * A text without the differences that a reader does not see: compatibility forms (fullwidth, ligatures), case, accents,
 * invisible characters, and the kind and number of spaces. Two texts that fold alike read alike.
 *
 * <p>Text in ASCII, which is most of it, is folded in one pass into one array. Anything else is decomposed (Unicode
 * NFKD), stripped, folded and composed again (NFC).
 */
public final class FoldedText {
    private final char[] chars;
    private final int length;

    private FoldedText(char[] chars, int length) {
        this.chars = chars;
        this.length = length > 0 && chars[length - 1] == ' ' ? length - 1 : length;
    }

    /** Folds the first {@code limit} characters of the text. */
    public static FoldedText of(String text, int limit) {
        int end = Math.min(text.length(), limit);
        char[] folded = new char[end];
        int length = 0;
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                return ofAnyScript(text.substring(0, end));
            }
            if (c > ' ' && c < 0x7F) {
                folded[length++] = c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
            } else if (length > 0 && folded[length - 1] != ' ') {
                folded[length++] = ' ';
            }
        }
        return new FoldedText(folded, length);
    }

    /** How many UTF-16 units are left. */
    public int length() {
        return length;
    }

    /** The UTF-16 unit at that place; no check of the range beyond the array's own. */
    public char charAt(int index) {
        return chars[index];
    }

    /**
     * Whether a word ends between this place and the one before it. Between two letters of a script that is written
     * without spaces (Han, kana, Hangul, Thai, …) a word may always end.
     */
    public boolean isWordEdge(int index) {
        if (index <= 0 || index >= length) {
            return true;
        }
        int before = Character.codePointBefore(chars, index, 0);
        int after = Character.codePointAt(chars, index, length);
        return !isWord(before) || !isWord(after) || Script.isWithoutSpaces(before) || Script.isWithoutSpaces(after);
    }

    @Override
    public String toString() {
        return new String(chars, 0, length);
    }

    private static boolean isWord(int codePoint) {
        return Character.isLetterOrDigit(codePoint);
    }

    private static FoldedText ofAnyScript(String text) {
        String decomposed = Normalizer.normalize(text, Normalizer.Form.NFKD);
        StringBuilder folded = new StringBuilder(decomposed.length());
        decomposed.codePoints().forEach(codePoint -> append(folded, codePoint));
        char[] chars = Normalizer.normalize(folded, Normalizer.Form.NFC).toCharArray();
        return new FoldedText(chars, chars.length);
    }

    private static void append(StringBuilder folded, int codePoint) {
        if (Script.isInvisible(codePoint)) {
            return;
        }
        if (Character.isWhitespace(codePoint)
                || Character.isSpaceChar(codePoint)
                || Character.isISOControl(codePoint)) {
            if (!folded.isEmpty() && folded.charAt(folded.length() - 1) != ' ') {
                folded.append(' ');
            }
        } else if (codePoint == 'ß' || codePoint == 'ẞ') {
            folded.append("ss");
        } else {
            // By way of the capital, so that a final or dotless form meets its plain one.
            folded.appendCodePoint(Character.toLowerCase(Character.toUpperCase(codePoint)));
        }
    }
}
