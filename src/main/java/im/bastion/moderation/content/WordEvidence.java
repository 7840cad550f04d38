// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.content;

import im.bastion.moderation.event.RoomText;
import im.bastion.moderation.rule.Evidence;
import im.bastion.moderation.text.FoldedText;
import im.bastion.moderation.text.Origin;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** How rules about words point at what they found. */
final class WordEvidence {
    private static final int FINGERPRINT_DIGITS = 16;

    private WordEvidence() {}

    /**
     * Points at a place of the original.
     *
     * @param seen the text in which the place was found
     * @param entry the index of the definition's entry, which reads {@code words}
     */
    static Evidence of(RoomText text, FoldedText seen, int entry, String words, int begin, int end) {
        Origin origin = seen.originOf(begin, end, text.original());
        return new Evidence(text.part(), entry, fingerprint(words), origin.begin(), origin.end());
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
