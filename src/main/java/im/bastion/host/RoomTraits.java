// SPDX-License-Identifier: Apache-2.0
package im.bastion.host;

/**
 * How a room is configured (XEP-0045 §15.5.4).
 *
 * @param naturalName for people; empty when it has none
 * @param moderated whether visitors may not speak
 * @param membersOnly whether only members may enter
 * @param nonAnonymous whether everybody, not only moderators, sees real JIDs
 * @param persistent whether it outlives its last occupant
 * @param logged whether the host keeps what is said in its database
 */
public record RoomTraits(
        String naturalName,
        boolean moderated,
        boolean membersOnly,
        boolean nonAnonymous,
        boolean persistent,
        boolean logged) {}
