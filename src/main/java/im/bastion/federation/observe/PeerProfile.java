// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.observe;

import im.bastion.federation.tls.StreamFacts;
import im.bastion.host.ServerSession.Direction;
import java.time.Instant;

/**
 * A peer as it was seen last. Immutable.
 *
 * @param incoming the last session it opened to us; null when there was none
 * @param outgoing the last session we opened to it; null when there was none
 */
public record PeerProfile(String domain, Instant firstSeen, Instant lastSeen, Shape incoming, Shape outgoing) {
    static PeerProfile unseen(String domain, Instant now) {
        return new PeerProfile(domain, now, now, null, null);
    }

    PeerProfile with(Shape shape) {
        boolean in = shape.facts().direction() == Direction.INCOMING;
        return new PeerProfile(
                domain,
                firstSeen,
                lastSeen.isAfter(shape.last()) ? lastSeen : shape.last(),
                in ? shape : incoming,
                in ? outgoing : shape);
    }

    /** The last session in that direction, or null. */
    public Shape last(Direction direction) {
        return direction == Direction.INCOMING ? incoming : outgoing;
    }

    /** The facts of the session that was seen last, whatever its direction; null when only failures are known. */
    public StreamFacts lastFacts() {
        if (incoming == null || outgoing == null) {
            Shape only = incoming == null ? outgoing : incoming;
            return only == null ? null : only.facts();
        }
        return (incoming.last().isAfter(outgoing.last()) ? incoming : outgoing).facts();
    }
}
