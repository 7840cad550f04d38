// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.xmpp.packet.JID;

/**
 * Who has been told of which event, for as long as copies of it keep coming. Openfire since 4.6 tells each of an account's
 * own resources once for every contact, and at login once for every node it asks for; whoever is both contact and
 * subscriber is told twice by all versions. Holds events of at most {@link #MAX_EVENTS}; with more under way at once
 * copies get through, which is what happens without Bastion. Thread-safe.
 */
final class SentEvents {
    static final int MAX_EVENTS = 4_096;
    /** So long after the last copy of an event the same content is taken for another event. */
    static final long IDLE_MILLIS = 10_000;

    /**
     * What happened, as far as copies of it agree.
     *
     * @param earlier whether it is told as something of the past, to who has just come
     * @param content see {@link ContentHash}
     */
    record Event(JID owner, String nodeId, boolean earlier, long content) {
        private Event asItHappened() {
            return new Event(owner, nodeId, false, content);
        }
    }

    /** @param since when it was bound, so that who comes again under the same name is somebody else */
    private record Receiver(JID jid, long since) {}

    private static final class Round {
        private final Set<Receiver> told = ConcurrentHashMap.newKeySet();
        private volatile long lastMillis;
    }

    private final Map<Event, Round> rounds = new ConcurrentHashMap<>();
    private final InstantSource clock;

    SentEvents(InstantSource clock) {
        this.clock = clock;
    }

    /** The same content has been published again: from here on it is another event. */
    void begin(Event event) {
        rounds.remove(event);
    }

    /**
     * Notes that the event is about to go there; false when it is a copy of one that already did, or tells as something of
     * the past what went there when it happened.
     *
     * @param since when that resource was bound; 0 for others
     */
    boolean isFirst(Event event, JID receiver, long since) {
        long now = clock.millis();
        if (event.earlier() && isTold(event.asItHappened(), new Receiver(receiver, since), now)) {
            return false;
        }
        Round round = rounds.get(event);
        if (round == null || now - round.lastMillis > IDLE_MILLIS) {
            round = begin(event, round, now);
            if (round == null) {
                return true;
            }
        }
        round.lastMillis = now;
        return round.told.add(new Receiver(receiver, since));
    }

    private boolean isTold(Event event, Receiver receiver, long now) {
        Round round = rounds.get(event);
        return round != null && now - round.lastMillis <= IDLE_MILLIS && round.told.contains(receiver);
    }

    /** Of two threads that begin at once, one does. Null when there is no room. */
    private Round begin(Event event, Round ended, long now) {
        if (rounds.size() >= MAX_EVENTS) {
            rounds.values().removeIf(round -> now - round.lastMillis > IDLE_MILLIS);
            if (rounds.size() >= MAX_EVENTS) {
                return null;
            }
        }
        return rounds.compute(event, (key, current) -> {
            if (current != null && current != ended) {
                return current;
            }
            Round begun = new Round();
            begun.lastMillis = now;
            return begun;
        });
    }
}
