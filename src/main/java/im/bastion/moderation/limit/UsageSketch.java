// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.limit;

import im.bastion.moderation.text.Fingerprint;
import java.util.concurrent.ThreadLocalRandom;

/**
 * How far each of any number of senders is ahead of a rate, in 4 MiB: a count-min sketch of virtual arrival times (the
 * generic cell rate algorithm, ITU-T I.371). A sender has four cells, found with a salt that nobody outside knows, and is
 * as far ahead as the least of them; cells are raised no further than needed.
 *
 * <p>So nobody is ever put out to make place for another, and sharing all four cells with others, which takes as many
 * senders at once as there are cells, can only make somebody look as far ahead as the least of those. Without locks: a
 * raise that two threads make at the same moment may count once.
 */
final class UsageSketch {
    private static final int ROWS = 4;
    private static final int CELLS = 1 << 18;
    /** Nobody is ever further ahead: what looks so is a cell not touched for weeks, after the clock has wrapped. */
    private static final int MAX_AHEAD = 60 * 60 * 1_000;

    private final int[][] cells = new int[ROWS][CELLS];
    private final long salt = ThreadLocalRandom.current().nextLong();

    /** How many milliseconds the sender is ahead; 0 for one who has done nothing lately. */
    int ahead(long sender, int now) {
        long hash = Fingerprint.mixed(sender ^ salt);
        int least = MAX_AHEAD;
        for (int[] row : cells) {
            least = Math.min(least, ahead(row[index(hash)], now));
            hash = Fingerprint.mixed(hash + salt);
        }
        return least;
    }

    /** The sender does something that takes so many milliseconds. */
    void add(long sender, int now, int cost) {
        int after = Math.min(ahead(sender, now) + cost, MAX_AHEAD);
        long hash = Fingerprint.mixed(sender ^ salt);
        for (int[] row : cells) {
            int index = index(hash);
            if (ahead(row[index], now) < after) {
                row[index] = now + after;
            }
            hash = Fingerprint.mixed(hash + salt);
        }
    }

    private static int ahead(int cell, int now) {
        int ahead = cell - now;
        return ahead <= 0 || ahead > MAX_AHEAD ? 0 : ahead;
    }

    private static int index(long hash) {
        return (int) (hash >>> 40) & CELLS - 1;
    }
}
