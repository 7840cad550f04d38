// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.event;

import im.bastion.moderation.text.FoldedText;

/**
 * One text of a room event.
 *
 * @param part which
 * @param original as it was sent, cut where the event's limits cut it
 * @param folded the same, folded
 */
public record RoomText(Part part, String original, FoldedText folded) {
    /** Where in a stanza a text can be. */
    public enum Part {
        BODY,
        SUBJECT,
        /** Formatted text (XEP-0071), without its markup. */
        XHTML,
        /** A nickname asked for. */
        NICKNAME,
        /** The text of an availability. */
        STATUS,
        /** Why somebody is invited. */
        REASON,
        /** An address or description beside the body (XEP-0066), a file's name or description (XEP-0446). */
        ATTACHMENT,
        /** An emoji (XEP-0444). */
        REACTION,
        /** Several of the others in a row, as a client may show them: what is found only so was split to hide it. */
        TOGETHER
    }
}
