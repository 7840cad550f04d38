// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.key;

import im.bastion.federation.peer.PeerHash;
import im.bastion.host.ServerSession.Direction;
import im.bastion.policy.Severity;
import java.time.Instant;
import java.util.Locale;

/**
 * One change, told once however often it is seen. Immutable. The texts come from the peer and are not escaped.
 *
 * @param id of the change: the same one has the same id
 * @param domain the peer's; empty for this server's own certificates
 * @param before what was known: SHA-256 of a key, a version of TLS, …; may be empty
 * @param after what was seen; may be empty
 * @param detail the authority, the reason, a date, …; may be empty
 * @param raised when it was told
 * @param last when it was seen last
 * @param times how many sessions showed it
 * @param by the admin who decided; empty while nobody has
 */
public record KeyAlert(
        String id,
        String domain,
        Direction direction,
        KeyChange change,
        String before,
        String after,
        String detail,
        Instant raised,
        Instant last,
        long times,
        State state,
        String by) {
    /** What became of it. */
    public enum State {
        /** Nobody has decided. */
        OPEN,
        /** Needs no decision. */
        NOTED,
        /** From now on it is as it should be. */
        ACCEPTED,
        /** The key was pinned. */
        PINNED,
        /** Seen by an admin; to be told when it happens again. */
        DISMISSED,
        /** The certificate it was about is not in use any more. */
        OVER;

        /** In lower case. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static KeyAlert of(PeerKeys peer, KeyChange change, String before, String after, String detail, Instant now) {
        return new KeyAlert(
                PeerHash.of(peer.domain() + ' ' + peer.direction() + ' ' + change + ' ' + after),
                peer.domain(),
                peer.direction(),
                change,
                before,
                after,
                detail,
                now,
                now,
                1,
                change.severity() == Severity.INFO ? State.NOTED : State.OPEN,
                "");
    }

    public boolean isOpen() {
        return state == State.OPEN;
    }

    /** SHA-256 of the subject public key info that could be pinned; empty when there is none. */
    public String key() {
        return change.isOfKey() ? after : "";
    }

    KeyAlert again(KeyAlert later) {
        return new KeyAlert(
                id, domain, direction, change, before, after, detail, raised, later.last, times + 1, state, by);
    }

    KeyAlert settled(State decision, String admin) {
        return new KeyAlert(id, domain, direction, change, before, after, detail, raised, last, times, decision, admin);
    }

    /** What two nodes know of the same change: the later telling, and of one telling the decision. */
    KeyAlert merged(KeyAlert other) {
        if (!raised.equals(other.raised)) {
            return raised.isAfter(other.raised) ? this : other;
        }
        KeyAlert decided = isOpen() ? other : this;
        KeyAlert busier = times < other.times ? other : this;
        return new KeyAlert(
                id,
                domain,
                direction,
                change,
                before,
                after,
                detail,
                raised,
                busier.last,
                busier.times,
                decided.state,
                decided.by);
    }
}
