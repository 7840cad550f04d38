// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.text;

/** Digits and signs that stand for letters, in words that have a letter too. */
final class Leet {
    private static final String FROM = "013!|4@5$7+89l";
    private static final String TO = "oieiiaassttbgi";
    private static final char[] LETTER = new char[0x80];

    static {
        for (int i = 0; i < FROM.length(); i++) {
            LETTER[FROM.charAt(i)] = TO.charAt(i);
        }
    }

    private Leet() {}

    static FoldedText replaced(FoldedText text) {
        char[] chars = text.toString().toCharArray();
        int begin = 0;
        while (begin < chars.length) {
            int end = begin;
            boolean hasLetter = false;
            while (end < chars.length && chars[end] != ' ') {
                hasLetter |= Character.isLetter(chars[end]);
                end++;
            }
            for (int i = begin; hasLetter && i < end; i++) {
                char letter = chars[i] < LETTER.length ? LETTER[chars[i]] : 0;
                chars[i] = letter == 0 ? chars[i] : letter;
            }
            begin = end + 1;
        }
        return FoldedText.ofFolded(chars, text);
    }
}
