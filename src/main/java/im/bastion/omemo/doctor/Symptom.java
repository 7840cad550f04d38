// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo.doctor;

import java.util.List;
import org.xmpp.packet.JID;

/**
 * What one step saw.
 *
 * @param about the account or room
 * @param facts what the words for it need, in the order of the kind's text: node, device, reason
 * @param remedy what the server can do about it, or null
 */
public record Symptom(Kind kind, JID about, List<String> facts, Remedy remedy) {
    /** How bad it is. */
    public enum Level {
        FINE,
        /** Cannot be seen from here. */
        UNKNOWN,
        /** Some clients stumble over it, or it will hurt later. */
        WARNING,
        /** Nobody can encrypt before this is mended. */
        BLOCKED
    }

    /** What can be seen. The console has words for each: what it is, and what to do. */
    public enum Kind {
        ACCOUNT_EXISTS(Level.FINE),
        ACCOUNT_MISSING(Level.BLOCKED),
        ACCOUNT_ELSEWHERE(Level.UNKNOWN),
        LIST_MISSING(Level.BLOCKED),
        LIST_EMPTY(Level.BLOCKED),
        LIST_UNREADABLE(Level.BLOCKED),
        LIST_FOUND(Level.FINE),
        NODE_CLOSED(Level.BLOCKED),
        NODE_FORGETS(Level.WARNING),
        NODE_TOO_SMALL(Level.WARNING),
        NODES_RIGHT(Level.FINE),
        BUNDLE_MISSING(Level.WARNING),
        BUNDLE_UNUSABLE(Level.WARNING),
        BUNDLE_DOUBTFUL(Level.WARNING),
        NO_BUNDLE_USABLE(Level.BLOCKED),
        BUNDLES_USABLE(Level.FINE),
        BUNDLE_UNLISTED(Level.WARNING),
        COMMON_GENERATION(Level.FINE),
        NO_COMMON_GENERATION(Level.BLOCKED),
        HEARS_OF_CHANGES(Level.FINE),
        HEARS_NOTHING(Level.WARNING),
        ROOM_MISSING(Level.BLOCKED),
        ROOM_SHOWS_ADDRESSES(Level.FINE),
        ROOM_HIDES_ADDRESSES(Level.BLOCKED),
        ROOM_MEMBERS_ONLY(Level.FINE),
        ROOM_OPEN_TO_ALL(Level.WARNING),
        ROOM_EMPTY(Level.WARNING),
        MEMBER_READY(Level.FINE),
        MEMBER_NOT_READY(Level.BLOCKED),
        MEMBER_ELSEWHERE(Level.UNKNOWN),
        MEMBERS_LEFT_OUT(Level.UNKNOWN);

        private final Level level;

        Kind(Level level) {
            this.level = level;
        }

        public Level level() {
            return level;
        }
    }

    public Symptom {
        facts = List.copyOf(facts);
    }

    static Symptom of(Kind kind, JID about, String... facts) {
        return new Symptom(kind, about, List.of(facts), null);
    }

    Symptom with(Remedy offered) {
        return new Symptom(kind, about, facts, offered);
    }
}
