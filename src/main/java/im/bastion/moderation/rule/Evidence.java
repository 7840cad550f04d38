// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.rule;

import im.bastion.moderation.event.RoomText.Part;

/**
 * Where a rule's definition met an event.
 *
 * @param part the part of the stanza, or null when it is about the event as a whole
 * @param entry the index, from 0, of the entry in the rule's list; -1 without list
 * @param fingerprint the first 16 hexadecimal digits of the entry's SHA-256: tells two versions of a list apart without
 *     repeating what it holds; or a short machine-readable fact such as "links=4"; never the text itself
 * @param begin where in the original text of that part it begins, in UTF-16 units; -1 when unknown
 * @param end where it ends, exclusive
 */
public record Evidence(Part part, int entry, String fingerprint, int begin, int end) {
    /** About the event as a whole, with a fact such as "rate=12/10s". */
    public static Evidence fact(String fact) {
        return new Evidence(null, -1, fact, -1, -1);
    }
}
