// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.archive;

import im.bastion.moderation.event.RoomEvent;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xmpp.packet.JID;

/**
 * What was let through lately, so that it can be found again before the host has written it down: the last {@link
 * #MAX_EVENTS} messages of this node, some 300 bytes each. Safe for any thread; each call holds the lock for moments.
 */
public final class PassedEvents {
    /** How many are remembered; the oldest give way. */
    public static final int MAX_EVENTS = 100_000;

    /**
     * A message that was let through.
     *
     * @param author the real bare JID
     * @param stanzaId as the room gave it; empty while not known
     */
    public record Passed(long key, JID room, JID author, long atMillis, String stanzaId) {}

    private final ArrayDeque<Long> order = new ArrayDeque<>();
    private final Map<Long, Passed> byKey = new HashMap<>();
    private final Map<String, Long> byStanzaId = new HashMap<>();

    /** Remembers a message; {@code stanzaId} is empty when the host gives it later. */
    public synchronized void passed(RoomEvent event, String stanzaId) {
        if (order.size() == MAX_EVENTS) {
            Passed oldest = byKey.remove(order.removeFirst());
            byStanzaId.remove(name(oldest.room(), oldest.stanzaId()));
        }
        order.addLast(event.key());
        put(new Passed(event.key(), event.room(), event.sender().asBareJID(), event.atMillis(), stanzaId));
    }

    /** Now its id is known. */
    public synchronized void learn(long key, String stanzaId) {
        Passed passed = byKey.get(key);
        if (passed != null && passed.stanzaId().isEmpty()) {
            put(new Passed(key, passed.room(), passed.author(), passed.atMillis(), stanzaId));
        }
    }

    /** The message of that key, unless it has been forgotten. */
    public synchronized Optional<Passed> find(long key) {
        return Optional.ofNullable(byKey.get(key));
    }

    /** The message to which the room gave that id, unless it has been forgotten. */
    public synchronized Optional<Passed> find(JID room, String stanzaId) {
        return Optional.ofNullable(byStanzaId.get(name(room, stanzaId))).map(byKey::get);
    }

    /** What this account has said in the room since then, and is known by its id; oldest first. */
    public synchronized List<Passed> of(JID room, JID author, long sinceMillis) {
        List<Passed> found = new ArrayList<>();
        for (Long key : order) {
            Passed passed = byKey.get(key);
            if (passed.atMillis() >= sinceMillis
                    && passed.author().equals(author)
                    && passed.room().equals(room)
                    && !passed.stanzaId().isEmpty()) {
                found.add(passed);
            }
        }
        return found;
    }

    private void put(Passed passed) {
        byKey.put(passed.key(), passed);
        if (!passed.stanzaId().isEmpty()) {
            byStanzaId.put(name(passed.room(), passed.stanzaId()), passed.key());
        }
    }

    private static String name(JID room, String stanzaId) {
        return room.toString() + '\0' + stanzaId;
    }
}
