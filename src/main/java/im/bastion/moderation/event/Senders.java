// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.event;

import im.bastion.host.Rooms;
import im.bastion.host.Users;

/**
 * Where senders are looked up.
 *
 * @param domain the server's own
 */
public record Senders(Rooms rooms, Users users, String domain, Acquaintances acquaintances) {
    /** The sender of that event. */
    public Sender of(RoomEvent event) {
        return new Sender(this, event);
    }
}
