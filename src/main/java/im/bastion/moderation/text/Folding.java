// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.text;

import java.text.Normalizer;
import java.util.Arrays;

/**
 * Folds one text. By rights a text is decomposed (Unicode NFKD), stripped, freed of case and composed again (NFC). Nearly
 * always each character can be folded for itself, which is some thirty times faster: a table has the answers, made by the
 * slow way, and names the characters for which only the slow way will do, because they may combine with their neighbours.
 */
final class Folding {
    private static final char DROPPED = '\0';
    /** A noncharacter, which never is the result of folding another. */
    private static final char TOGETHER = '\uFFFF';

    private static final char[] TABLE = table();

    private final String text;
    private final int end;
    private char[] chars;
    private int length;

    /** @param end how many of the text's UTF-16 units are folded */
    Folding(String text, int end) {
        this.text = text;
        this.end = end;
        this.chars = new char[end];
    }

    FoldedText folded() {
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            char folded = TABLE[c];
            if (folded != TOGETHER) {
                append(folded);
            } else if (c == 'ß') {
                append('s');
                append('s');
            } else if (isPictograph(i)) {
                append(c);
                append(text.charAt(++i));
            } else {
                return foldedTogether();
            }
        }
        return new FoldedText(chars, length);
    }

    /** The slow way. */
    FoldedText foldedTogether() {
        chars = new char[end];
        length = 0;
        Normalizer.normalize(text.substring(0, end), Normalizer.Form.NFKD)
                .codePoints()
                .forEach(this::appendFolded);
        char[] composed = Normalizer.normalize(new String(chars, 0, length), Normalizer.Form.NFC)
                .toCharArray();
        return new FoldedText(composed, composed.length);
    }

    /** Whether a pair of surrogates from the main blocks of emoji stands there: they are what they are. */
    private boolean isPictograph(int index) {
        if (index + 1 >= end) {
            return false;
        }
        int codePoint = text.codePointAt(index);
        return codePoint >= 0x1F300 && codePoint <= 0x1FAFF;
    }

    private void appendFolded(int codePoint) {
        if (Script.isInvisible(codePoint)) {
            return;
        }
        if (Character.isWhitespace(codePoint)
                || Character.isSpaceChar(codePoint)
                || Character.isISOControl(codePoint)) {
            append(' ');
        } else if (codePoint == 'ß' || codePoint == 'ẞ') {
            append('s');
            append('s');
        } else {
            // By way of the capital, so that a final or dotless form meets its plain one.
            for (char c : Character.toChars(Character.toLowerCase(Character.toUpperCase(codePoint)))) {
                append(c);
            }
        }
    }

    private void append(char c) {
        if (c == DROPPED || (c == ' ' && (length == 0 || chars[length - 1] == ' '))) {
            return;
        }
        if (length == chars.length) {
            chars = Arrays.copyOf(chars, length * 2);
        }
        chars[length++] = c;
    }

    private static char[] table() {
        char[] table = new char[Character.MAX_VALUE + 1];
        for (int c = 0; c < table.length; c++) {
            table[c] = entry((char) c);
        }
        return table;
    }

    private static char entry(char c) {
        if (Script.isWithoutForms(c)) {
            return c;
        }
        return combines(c) ? TOGETHER : alone(c);
    }

    private static boolean combines(char c) {
        return Character.isSurrogate(c) || joins(c);
    }

    /** Whether what the character stands for may join what stands before or behind it; half-width forms do, too. */
    static boolean joins(int codePoint) {
        String parts = Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFKD);
        int first = parts.codePointAt(0);
        return switch (Character.getType(first)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK, Character.ENCLOSING_MARK ->
                !Script.isInvisible(first);
            default -> parts.chars().anyMatch(part -> Script.isHangulLetter((char) part));
        };
    }

    /** Folded between two letters, because at the ends of a text spaces are lost. */
    private static char alone(char c) {
        FoldedText folded = new Folding("a" + c + "a", 3).foldedTogether();
        return switch (folded.length()) {
            case 2 -> DROPPED;
            case 3 -> folded.charAt(1);
            default -> TOGETHER;
        };
    }
}
