// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.text;

import java.util.Arrays;

/**
 * A text without the differences that a reader does not see: compatibility forms (fullwidth, ligatures), case, accents,
 * invisible characters, and the kind and number of spaces. Two texts that fold alike read alike. Immutable.
 */
public final class FoldedText {
    private final char[] chars;
    private final int length;
    /** Where each UTF-16 unit was before gaps were closed; null where nothing has moved. */
    private final int[] origins;

    /** @param chars not to be changed any more */
    FoldedText(char[] chars, int length) {
        this(chars, length, null);
    }

    private FoldedText(char[] chars, int length, int[] origins) {
        this.chars = chars;
        this.origins = origins;
        this.length = length > 0 && chars[length - 1] == ' ' ? length - 1 : length;
    }

    /** Folds the first {@code limit} characters of the text. */
    public static FoldedText of(String text, int limit) {
        return new Folding(text, Math.min(text.length(), limit)).folded();
    }

    /** A text that was folded already, with other characters in the same places. */
    static FoldedText ofFolded(char[] chars, FoldedText source) {
        return new FoldedText(chars, chars.length, source.origins);
    }

    /** A text that was folded already, and shortened. */
    static FoldedText ofFolded(char[] chars, int[] origins, FoldedText source) {
        int[] all = new int[origins.length];
        for (int i = 0; i < all.length; i++) {
            all[i] = source.origins == null ? origins[i] : source.origins[origins[i]];
        }
        return new FoldedText(chars, chars.length, all);
    }

    /**
     * Where in the original a part of this text comes from: folds the original again, so it is for findings only.
     *
     * @param begin where the part begins here
     * @param end where it ends, exclusive; after {@code begin}
     * @param original the text that was folded
     */
    public Origin originOf(int begin, int end, String original) {
        return Origin.of(original, unmoved(begin), unmoved(end - 1));
    }

    private int unmoved(int index) {
        return origins == null ? index : origins[index];
    }

    /** By UTF-16 units. */
    static int compare(FoldedText a, FoldedText b) {
        return Arrays.compare(a.chars, 0, a.length, b.chars, 0, b.length);
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
