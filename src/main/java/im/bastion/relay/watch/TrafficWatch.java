// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.watch;

import im.bastion.relay.turn.AllocationTraffic;
import im.bastion.relay.turn.LiveAllocations;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Looks at all allocations again and again and keeps what it has seen: of all together for two hours, of the first {@link
 * #MAX_COURSES} of them that live for ten minutes, of others the latest look alone. Thread-safe.
 */
public final class TrafficWatch {
    /** How often it wants to look. */
    public static final Duration PAUSE = Duration.ofSeconds(10);

    static final int MAX_COURSES = 500;
    private static final int SAMPLES_OF_ONE = 60;
    private static final int SAMPLES_OF_ALL = 720;

    private final LiveAllocations live;
    private final Map<Long, Followed> byId = new TreeMap<>();
    private final Course all = new Course(SAMPLES_OF_ALL);
    private long lastNanos;
    private boolean begun;

    public TrafficWatch(LiveAllocations live) {
        this.live = live;
    }

    /**
     * Looks once.
     *
     * @param nanos now on the monotonic clock
     */
    public synchronized void look(Instant at, long nanos) {
        List<AllocationTraffic> now = live.all();
        byId.keySet().retainAll(now.stream().map(AllocationTraffic::id).collect(Collectors.toSet()));
        Quality fromClients = Quality.NONE;
        Quality fromPeers = Quality.NONE;
        for (AllocationTraffic each : now) {
            Followed followed = byId.computeIfAbsent(
                    each.id(), id -> new Followed(each, byId.size() < MAX_COURSES ? SAMPLES_OF_ONE : 1));
            Sample sample = followed.look(at, begun ? nanos - lastNanos : 0);
            fromClients = fromClients.plus(sample.fromClients());
            fromPeers = fromPeers.plus(sample.fromPeers());
        }
        all.add(new Sample(at, now.size(), fromClients, fromPeers));
        lastNanos = nanos;
        begun = true;
    }

    /** An allocation and what the latest look at it has shown; null before the first. */
    public record Seen(AllocationTraffic traffic, Sample latest) {}

    /** Those that live, the oldest first. */
    public synchronized List<Seen> seen() {
        List<Seen> seen = new ArrayList<>();
        for (AllocationTraffic each : live.all()) {
            Followed followed = byId.get(each.id());
            seen.add(new Seen(each, followed == null ? null : followed.course().latest()));
        }
        return seen;
    }

    /** What was seen of one, the oldest look first; nothing of one that is gone. */
    public synchronized List<Sample> of(long id) {
        Followed followed = byId.get(id);
        return followed == null ? List.of() : followed.course().all();
    }

    /** What was seen of all together, the oldest look first. */
    public synchronized List<Sample> ofAll() {
        return all.all();
    }
}
