// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.rule;

import im.bastion.moderation.event.RoomText.Part;

/**
 * Where a rule's definition met an event.
 *
 * @param part the part of the stanza
 * @param entry the index, from 0, of the entry in the rule's list
 * @param fingerprint the first 16 hexadecimal digits of the entry's SHA-256: tells two versions of a list apart without
 *     repeating what it holds
 */
public record Evidence(Part part, int entry, String fingerprint) {}
