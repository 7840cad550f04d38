// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.event;

import im.bastion.moderation.text.FoldedText;

/**
 * One text of a room event.
 *
 * @param part which
 * @param folded its first characters, folded; how many is the event's to limit
 */
public record RoomText(Part part, FoldedText folded) {
    /** Where in a stanza a text can be. */
    public enum Part {
        BODY,
        SUBJECT
    }
}
