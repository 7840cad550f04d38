// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The allocations there are, for whoever looks at them from outside. Thread-safe; as many as quotas allow. */
public final class LiveAllocations {
    private final AtomicLong ids = new AtomicLong();
    private final Map<Long, AllocationTraffic> byId = new ConcurrentHashMap<>();

    /** Takes in one that begins. */
    AllocationTraffic open(Allocation allocation, Moment now) {
        AllocationTraffic traffic = new AllocationTraffic(ids.incrementAndGet(), allocation, now.epochSeconds());
        byId.put(traffic.id(), traffic);
        return traffic;
    }

    void end(AllocationTraffic traffic) {
        byId.remove(traffic.id());
    }

    /** All, the oldest first. */
    public List<AllocationTraffic> all() {
        return byId.values().stream()
                .sorted(Comparator.comparingLong(AllocationTraffic::id))
                .toList();
    }

    /** The one of that id, or null. */
    public AllocationTraffic find(long id) {
        return byId.get(id);
    }
}
