// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.text;

/**
 * A text without the differences that a reader does not see: compatibility forms (fullwidth, ligatures), case, accents,
 * invisible characters, and the kind and number of spaces. Two texts that fold alike read alike. Immutable.
 */
public final class FoldedText {
    private final char[] chars;
    private final int length;

    /** @param chars not to be changed any more */
    FoldedText(char[] chars, int length) {
        this.chars = chars;
        this.length = length > 0 && chars[length - 1] == ' ' ? length - 1 : length;
    }

    /** Folds the first {@code limit} characters of the text. */
    public static FoldedText of(String text, int limit) {
        return new Folding(text, Math.min(text.length(), limit)).folded();
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
        return !Character.isLetterOrDigit(before)
                || !Character.isLetterOrDigit(after)
                || Script.isWithoutSpaces(before)
                || Script.isWithoutSpaces(after);
    }

    @Override
    public String toString() {
        return new String(chars, 0, length);
    }
}
