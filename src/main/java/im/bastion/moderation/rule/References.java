// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.rule;

import java.security.SecureRandom;
import java.util.Locale;

/** Names that people tell each other: eight letters and digits without those that are read or heard as another. */
public final class References {
    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int BITS_PER_LETTER = 5;
    private static final int LETTERS = 8;
    private static final SecureRandom RANDOM = new SecureRandom();

    private References() {}

    /** A new one of 40 random bits, for example "7F3K-9QXT". */
    public static String next() {
        long bits = RANDOM.nextLong();
        StringBuilder letters = new StringBuilder(LETTERS + 1);
        for (int i = 0; i < LETTERS; i++) {
            letters.append(ALPHABET.charAt((int) (bits >>> (i * BITS_PER_LETTER)) & (ALPHABET.length() - 1)));
        }
        return spelled(letters.toString());
    }

    /** The reference as it is kept, from any way people write it; empty when it is none. */
    public static String read(String written) {
        StringBuilder letters = new StringBuilder(LETTERS);
        for (char c : written.toUpperCase(Locale.ROOT).toCharArray()) {
            char meant = c == 'O' ? '0' : c == 'I' || c == 'L' ? '1' : c;
            if (ALPHABET.indexOf(meant) >= 0 && letters.length() <= LETTERS) {
                letters.append(meant);
            }
        }
        return letters.length() == LETTERS ? spelled(letters.toString()) : "";
    }

    private static String spelled(String letters) {
        return letters.substring(0, LETTERS / 2) + '-' + letters.substring(LETTERS / 2);
    }
}
