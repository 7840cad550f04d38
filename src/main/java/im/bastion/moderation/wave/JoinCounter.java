// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.wave;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Counts newcomers who join a room, each once in a window of time however often they come and go, and knows what is usual
 * there. For {@value #MAX_ROOMS} rooms; the one that was quiet longest is forgotten first, and with it only what is usual.
 * Tells {@value #MAX_PEOPLE} people apart; beyond, every join counts. Each call holds the lock for moments.
 */
final class JoinCounter {
    private static final int MAX_ROOMS = 10_000;
    private static final int MAX_PEOPLE = 50_000;
    private static final double MEMORY = 0.9;

    /** One room. */
    private static final class Joins {
        private long windowBegin;
        private int now;
        private int before;
        private double usual;
        private final Set<Long> people = new HashSet<>();
    }

    private final Map<String, Joins> byRoom = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Joins> eldest) {
            boolean tooMany = size() > MAX_ROOMS;
            told -= tooMany ? eldest.getValue().people.size() : 0;
            return tooMany;
        }
    };
    private final long windowNanos;
    private int told;

    JoinCounter(long windowNanos) {
        this.windowNanos = windowNanos;
    }

    /** The person joins; answers whether that makes more than {@code least} and five times what is usual. */
    synchronized boolean isWave(String room, long person, long nanos, int least) {
        Joins joins = byRoom.computeIfAbsent(room, r -> {
            Joins fresh = new Joins();
            fresh.windowBegin = nanos;
            return fresh;
        });
        long windows = (nanos - joins.windowBegin) / windowNanos;
        if (windows > 0) {
            joins.before = windows == 1 ? joins.now : 0;
            joins.usual = joins.usual * Math.pow(MEMORY, (double) windows) + joins.now * (1 - MEMORY);
            joins.now = 0;
            joins.windowBegin += windows * windowNanos;
            told -= joins.people.size();
            joins.people.clear();
        }
        joins.now += isFirst(joins, person) ? 1 : 0;
        double part = 1 - (double) (nanos - joins.windowBegin) / windowNanos;
        double lately = joins.now + joins.before * part;
        return lately > least && lately > 5 * joins.usual;
    }

    private boolean isFirst(Joins joins, long person) {
        if (told >= MAX_PEOPLE) {
            return !joins.people.contains(person);
        }
        boolean isFirst = joins.people.add(person);
        told += isFirst ? 1 : 0;
        return isFirst;
    }
}
