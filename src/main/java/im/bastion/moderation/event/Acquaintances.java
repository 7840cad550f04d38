// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.event;

import org.xmpp.packet.JID;

/** Remembers who has been seen in which room, and since when. Asked on the server's own threads: no I/O. */
@FunctionalInterface
public interface Acquaintances {
    /** Everybody is new. */
    Acquaintances NONE = (room, person, nowMillis) -> 0;

    /** How long ago, in milliseconds, the person (bare JID) was first seen in the room; 0 for somebody new. */
    long knownForMillis(JID room, JID person, long nowMillis);
}
