// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.wave;

import im.bastion.moderation.event.RoomEvent;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.xmpp.packet.JID;

/**
 * Which samples of texts have been seen lately, from how many accounts and in which rooms. Remembers {@link #MAX_SAMPLES};
 * of one account at most {@link #MAX_OF_ONE} at a time, so that nobody can push out the others' with many texts. Each call
 * holds the lock for moments.
 */
final class Sightings {
    static final int MAX_SAMPLES = 60_000;
    static final int MAX_OF_ONE = 60;
    private static final int MAX_ACCOUNTS = 64;
    private static final int MAX_ROOMS = 256;

    /** One sample. */
    private static final class Seen {
        private long firstNanos;
        private long lastNanos;
        private boolean wave;
        private final Set<Long> accounts = new HashSet<>(4);
        private final Set<JID> rooms = new HashSet<>(4);
        private final List<Long> keys = new ArrayList<>(4);
        private long owner;
    }

    /**
     * What is known of a message's samples.
     *
     * @param wave whether they are of a wave
     * @param rooms where the wave has been seen
     * @param earlier the keys of what was let through of it and has not been told yet
     */
    record Verdict(boolean wave, Set<JID> rooms, List<Long> earlier) {
        static final Verdict CALM = new Verdict(false, Set.of(), List.of());
    }

    private final LinkedHashMap<Long, Seen> bySample = new LinkedHashMap<>();
    private final Map<Long, Integer> perOwner = new HashMap<>();
    private final long windowNanos;
    private final int accountThreshold;
    private final int roomThreshold;

    /**
     * @param accountThreshold how many newcomers who say the same make a wave
     * @param roomThreshold in how many rooms the same makes a wave, of newcomers or of one account
     */
    Sightings(long windowNanos, int accountThreshold, int roomThreshold) {
        this.windowNanos = windowNanos;
        this.accountThreshold = accountThreshold;
        this.roomThreshold = roomThreshold;
    }

    /** Somebody says something with these samples. */
    synchronized Verdict seen(RoomEvent event, long account, boolean newcomer, long[] samples, int count) {
        expire(event.nanos());
        Set<JID> rooms = Set.of();
        List<Long> earlier = List.of();
        boolean wave = false;
        for (int i = 0; i < count; i++) {
            Seen seen = sighting(samples[i], account, event.nanos());
            if (seen == null) {
                continue;
            }
            note(seen, event, account, newcomer);
            if (seen.wave) {
                wave = true;
                rooms = union(rooms, seen.rooms);
                earlier = union(earlier, seen.keys);
                seen.keys.clear();
            }
        }
        if (!wave) {
            remember(event.key(), samples, count);
            return Verdict.CALM;
        }
        return new Verdict(true, rooms, earlier);
    }

    private void note(Seen seen, RoomEvent event, long account, boolean newcomer) {
        seen.lastNanos = event.nanos();
        if (newcomer && seen.accounts.size() < MAX_ACCOUNTS) {
            seen.accounts.add(account);
        }
        // What people who are known say alike in several rooms may be "Happy new year"; what one says in all is not.
        if (seen.rooms.size() < MAX_ROOMS && (newcomer || seen.owner == account)) {
            seen.rooms.add(event.room());
        }
        seen.wave |= seen.accounts.size() >= accountThreshold || seen.rooms.size() >= roomThreshold;
    }

    /** What is let through may have to be taken back. */
    private void remember(long key, long[] samples, int count) {
        for (int i = 0; i < count; i++) {
            Seen seen = bySample.get(samples[i]);
            if (seen != null && seen.keys.size() < MAX_ROOMS) {
                seen.keys.add(key);
            }
        }
    }

    private Seen sighting(long sample, long account, long now) {
        Seen seen = bySample.get(sample);
        if (seen != null) {
            return seen;
        }
        int owned = perOwner.getOrDefault(account, 0);
        if (owned >= MAX_OF_ONE || bySample.size() >= MAX_SAMPLES) {
            return null;
        }
        seen = new Seen();
        seen.firstNanos = now;
        seen.lastNanos = now;
        seen.owner = account;
        bySample.put(sample, seen);
        perOwner.put(account, owned + 1);
        return seen;
    }

    /** The oldest first; a wave that goes on stays. */
    private void expire(long now) {
        Iterator<Seen> oldest = bySample.values().iterator();
        for (int looks = 0; looks < 8 && oldest.hasNext(); looks++) {
            Seen seen = oldest.next();
            if (now - seen.firstNanos <= windowNanos) {
                return;
            }
            if (now - (seen.wave ? seen.lastNanos : seen.firstNanos) > windowNanos) {
                oldest.remove();
                perOwner.computeIfPresent(seen.owner, (owner, owned) -> owned <= 1 ? null : owned - 1);
            }
        }
    }

    private static Set<JID> union(Set<JID> some, Set<JID> others) {
        Set<JID> all = new HashSet<>(some);
        all.addAll(others);
        return all;
    }

    private static List<Long> union(List<Long> some, List<Long> others) {
        List<Long> all = new ArrayList<>(some);
        others.stream().filter(key -> !some.contains(key)).forEach(all::add);
        return all;
    }
}
