// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.text;

/**
 * What stays of a text when somebody varies it a little: its words, without order, numbers, signs and repetition of
 * letters. Two texts with the same fingerprint say the same; that two different ones have it by chance is as likely as a
 * collision of 64 random bits, and nobody can make one without the salt.
 */
public final class Fingerprint {
    private Fingerprint() {}

    /** The fingerprint of the letters of a text; 0 when it has none. */
    public static long of(FoldedText text, long salt) {
        long sum = 0;
        long word = salt;
        char before = 0;
        boolean letters = false;
        for (int i = 0; i <= text.length(); i++) {
            char c = i < text.length() ? text.charAt(i) : ' ';
            char like = LatinLookalikes.like(c);
            c = like == 0 ? c : like;
            if (Character.isLetter(c)) {
                if (c != before) {
                    word = (word ^ c) * 0x100000001B3L;
                    letters = true;
                }
            } else if (c == ' ' && word != salt) {
                sum += mixed(word);
                word = salt;
            }
            before = c;
        }
        return letters ? mixed(sum ^ salt) : 0;
    }

    /** Spreads the bits of a number (the finalizer of MurmurHash3). */
    public static long mixed(long bits) {
        long h = bits;
        h = (h ^ (h >>> 33)) * 0xFF51AFD7ED558CCDL;
        h = (h ^ (h >>> 33)) * 0xC4CEB9FE1A85EC53L;
        return h ^ (h >>> 33);
    }
}
