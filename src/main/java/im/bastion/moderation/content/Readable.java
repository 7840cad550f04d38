// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.content;

import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.event.RoomText;
import im.bastion.moderation.event.RoomText.Part;
import im.bastion.moderation.rule.Evidence;
import im.bastion.moderation.text.FoldedText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What of an event rules about words may read, and how they point at it. */
final class Readable {
    private static final int FINGERPRINT_DIGITS = 16;

    private Readable() {}

    /** Whether the text is somebody's words: the body beside an encrypted payload is only a notice for old clients. */
    static boolean isWords(RoomEvent event, RoomText text) {
        return text.part() != Part.BODY || !event.shape().isEncrypted();
    }

    /**
     * Points at a place of the original.
     *
     * @param seen the text in which the place was found
     * @param entry the index of the definition's entry, which reads {@code words}
     */
    static Evidence evidence(RoomText text, FoldedText seen, int entry, String words, int begin, int end) {
        int from = seen.originOf(begin, text.original());
        int to = Math.min(text.original().length(), seen.originOf(end - 1, text.original()) + 1);
        return new Evidence(text.part(), entry, fingerprint(words), from, Math.max(from, to));
    }

    private static String fingerprint(String words) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(words.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, FINGERPRINT_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every Java platform has SHA-256", e);
        }
    }
}
