// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.text;

/**
 * A few samples of what a text says, by which texts that are nearly the same are recognised: the least hashes of all its
 * runs of 16 letters (bottom-k sketch, Broder 1997). Texts that share three quarters of their runs nearly always share a
 * sample; texts that share none never do. Lines that quote others ("&gt; …") do not count.
 */
public final class Shingles {
    /** How many samples a text has at most. */
    public static final int SAMPLES = 3;

    private static final int RUN = 16;
    private static final long FACTOR = 0x100000001B3L;
    private static final long LEAVING = power(FACTOR, RUN);

    private Shingles() {}

    /**
     * The samples of the original text.
     *
     * @param samples filled from the front
     * @return how many there are; 0 for a text of fewer than 16 letters
     */
    public static int of(String original, long salt, long[] samples) {
        FoldedText text = FoldedText.of(withoutQuotes(original), original.length());
        char[] letters = new char[text.length()];
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char like = LatinLookalikes.like(c);
            c = like == 0 ? c : like;
            if (Character.isLetter(c)) {
                letters[length++] = c;
            }
        }
        int found = 0;
        long rolling = 0;
        for (int i = 0; i < length; i++) {
            rolling = rolling * FACTOR + letters[i];
            if (i >= RUN) {
                rolling -= letters[i - RUN] * LEAVING;
            }
            if (i >= RUN - 1) {
                found = kept(Fingerprint.mixed(rolling ^ salt), samples, found);
            }
        }
        return found;
    }

    /** Keeps the hash if it is among the least; they stay sorted. */
    private static int kept(long hash, long[] samples, int found) {
        int place = found;
        while (place > 0 && Long.compareUnsigned(hash, samples[place - 1]) < 0) {
            place--;
        }
        if (place == SAMPLES || (place > 0 && samples[place - 1] == hash)) {
            return found;
        }
        int now = Math.min(found + 1, SAMPLES);
        System.arraycopy(samples, place, samples, place + 1, now - place - 1);
        samples[place] = hash;
        return now;
    }

    private static String withoutQuotes(String text) {
        if (text.indexOf('>') < 0) {
            return text;
        }
        StringBuilder own = new StringBuilder(text.length());
        text.lines().filter(line -> !line.startsWith(">")).forEach(line -> own.append(line)
                .append('\n'));
        return own.toString();
    }

    private static long power(long base, int exponent) {
        long result = 1;
        for (int i = 0; i < exponent; i++) {
            result *= base;
        }
        return result;
    }
}
