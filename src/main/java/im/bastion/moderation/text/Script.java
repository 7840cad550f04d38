// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.text;

import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.Set;

/** What Bastion needs to know of the world's scripts. */
final class Script {
    private static final Set<UnicodeScript> WITHOUT_SPACES = EnumSet.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.HANGUL,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR);

    /** First and last code points, in pairs, of marks that a reader overlooks or that are not drawn at all. */
    private static final int[] OVERLOOKED = {
        0x0300, 0x036F, // combining diacritical marks, with the grapheme joiner
        0x0483, 0x0489, // Cyrillic
        0x0591, 0x05BD, // Hebrew accents and points
        0x064B, 0x065F, // Arabic vowels
        0x0670, 0x0670,
        0x115F, 0x1160, // Hangul fillers
        0x17B4, 0x17B5, // Khmer inherent vowels
        0x180B, 0x180F, // Mongolian selectors
        0x1AB0, 0x1AFF,
        0x1DC0, 0x1DFF,
        0x20D0, 0x20FF,
        0xFE00, 0xFE0F, // variation selectors
        0xFE20, 0xFE2F,
        0xE0100, 0xE01EF
    };

    private Script() {}

    /**
     * Whether the character adds nothing that a reader would miss: zero-width and format characters, and diacritics. Vowel
     * signs of scripts that need them (Devanagari, Thai, …) are not among them.
     */
    static boolean isInvisible(int codePoint) {
        if (codePoint < 0x80) {
            return false;
        }
        if (Character.getType(codePoint) == Character.FORMAT) {
            return true;
        }
        for (int i = 0; i < OVERLOOKED.length; i += 2) {
            if (codePoint <= OVERLOOKED[i + 1]) {
                return codePoint >= OVERLOOKED[i];
            }
        }
        return false;
    }

    /** Whether it is of the large blocks whose characters have no other form: Han, Hangul syllables, private use. */
    static boolean isWithoutForms(char c) {
        return (c >= 0x3400 && c <= 0x4DBF)
                || (c >= 0x4E00 && c <= 0x9FFF)
                || (c >= 0xAC00 && c <= 0xD7A3)
                || (c >= 0xE000 && c <= 0xF8FF);
    }

    /** Whether it is a part of a Hangul syllable, which the other parts make whole. */
    static boolean isHangulLetter(char c) {
        return (c >= 0x1100 && c <= 0x11FF) || (c >= 0xA960 && c <= 0xA97F) || (c >= 0xD7B0 && c <= 0xD7FF);
    }

    static boolean isWithoutSpaces(int codePoint) {
        return codePoint > 0x0E00 && WITHOUT_SPACES.contains(UnicodeScript.of(codePoint));
    }
}
