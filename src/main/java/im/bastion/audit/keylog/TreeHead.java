// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.keylog;

import im.bastion.audit.merkle.Hash;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * The tree at one moment, written as a checkpoint of a transparency log (C2SP tlog-checkpoint): origin, size and root on a
 * line each, and the time on a fourth.
 *
 * @param origin which log, for example "home.example/omemo-keys"
 * @param at when it was signed, always later than the head before; seconds are kept
 */
public record TreeHead(String origin, long size, Hash root, Instant at) {
    private static final String TIME = "time ";
    private static final int LINES = 4;
    private static final int MAX_ORIGIN = 1_100;

    public TreeHead {
        at = at.truncatedTo(ChronoUnit.SECONDS);
    }

    /** What is signed. */
    String toText() {
        return origin + "\n" + size + "\n" + root.toBase64() + "\n" + TIME + at + "\n";
    }

    /** @throws IllegalArgumentException when the text is not exactly what {@link #toText} writes */
    static TreeHead parse(String text) {
        String[] lines = text.split("\n", -1);
        if (lines.length != LINES + 1 || lines[0].length() > MAX_ORIGIN || !lines[3].startsWith(TIME)) {
            throw new IllegalArgumentException("Not the head of a key log");
        }
        try {
            TreeHead head = new TreeHead(
                    lines[0],
                    Long.parseLong(lines[1]),
                    Hash.ofBase64(lines[2]),
                    Instant.parse(lines[3].substring(TIME.length())));
            if (head.size() < 0 || !head.toText().equals(text)) {
                throw new IllegalArgumentException("A head of a key log written another way");
            }
            return head;
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("The head's time cannot be read", e);
        }
    }
}
