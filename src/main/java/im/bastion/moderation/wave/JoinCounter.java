// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.wave;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts newcomers who join a room, in windows of time, and knows what is usual there. For {@value #MAX_ROOMS} rooms; the
 * one that was quiet longest is forgotten first, and with it only what is usual. Each call holds the lock for moments.
 */
final class JoinCounter {
    private static final int MAX_ROOMS = 10_000;
    private static final double MEMORY = 0.9;

    /** One room. */
    private static final class Joins {
        private long windowBegin;
        private int now;
        private int before;
        private double usual;
    }

    private final Map<String, Joins> byRoom = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Joins> eldest) {
            return size() > MAX_ROOMS;
        }
    };
    private final long windowNanos;

    JoinCounter(long windowNanos) {
        this.windowNanos = windowNanos;
    }

    /** Somebody joins; answers whether that makes more than {@code least} and five times what is usual. */
    synchronized boolean isWave(String room, long nanos, int least) {
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
        }
        joins.now++;
        double part = 1 - (double) (nanos - joins.windowBegin) / windowNanos;
        double lately = joins.now + joins.before * part;
        return lately > least && lately > 5 * joins.usual;
    }
}
