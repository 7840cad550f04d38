// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import im.bastion.relay.stun.AddressFamily;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * All allocations of one server. Holds the quota's place and the sockets of each and gives both back when it ends. Confined
 * to its server's thread.
 */
final class AllocationTable {
    private final Set<Allocation> all = new LinkedHashSet<>();
    private final Map<InetSocketAddress, Allocation> byRelayed = new HashMap<>();
    private final MobilityTickets tickets;
    private final AllocationQuota quota;
    private final Meters meters;
    private final TurnCounters counters;
    private final LiveAllocations live;

    AllocationTable(MobilityTickets tickets, AllocationQuota quota, TurnCounters counters, LiveAllocations live) {
        this.live = live;
        this.tickets = tickets;
        this.quota = quota;
        this.meters = new Meters(quota.limits());
        this.counters = counters;
    }

    /** Takes the quota's place for an allocation to come; false when the user, its address, or all together, have enough. */
    boolean reserve(TurnRequest request) {
        return quota.take(
                request.user().pseudonym(), SourceKey.of(request.client().getAddress()));
    }

    /** Gives that place back when nothing came of it. */
    void cancel(TurnRequest request) {
        quota.release(request.user().pseudonym(), SourceKey.of(request.client().getAddress()));
    }

    /** Takes in an allocation for which a place was reserved and whose path has no living one. */
    void add(Allocation allocation) {
        Allocation expired = allocation.path().attached();
        if (expired != null) {
            remove(expired);
        }
        all.add(allocation);
        allocation.measure(meters.join(allocation.owner().pseudonym()), meters.all());
        allocation.path().attach(allocation);
        allocation.showIn(live);
        counters.opened.increment();
        allocation.serve();
        if (allocation.tcp() == null) {
            allocation.relayed().forEach(address -> byRelayed.put(address, allocation));
        }
    }

    /** The allocation whose relayed UDP address that is, alive or not, or null. */
    Allocation at(InetSocketAddress relayed) {
        return byRelayed.get(relayed);
    }

    /** Frees one of the allocation's two addresses. */
    void drop(Allocation allocation, AddressFamily family) {
        byRelayed.remove(allocation.drop(family));
    }

    void remove(Allocation allocation) {
        if (all.remove(allocation)) {
            end(allocation);
        }
    }

    /**
     * Ends what has outlived itself: allocations, and inside the living ones permissions and channels.
     *
     * @param disowned what ends though it could live longer
     * @param tidy is shown each that lives on
     */
    void expire(Moment now, Predicate<Allocation> disowned, Consumer<Allocation> tidy) {
        meters.limit(quota.limits());
        Iterator<Allocation> each = all.iterator();
        while (each.hasNext()) {
            Allocation allocation = each.next();
            if (allocation.isAlive(now) && !disowned.test(allocation)) {
                allocation.permissions().expire(now);
                allocation.channels().expire(now);
                tidy.accept(allocation);
                allocation.traffic().permitted(allocation.permissions().addresses());
            } else {
                each.remove();
                end(allocation);
            }
        }
    }

    /** Ends the one of that id, if it lives. */
    void end(long id) {
        all.stream().filter(each -> each.traffic().id() == id).findFirst().ifPresent(this::remove);
    }

    /** Ends all. */
    void clear() {
        List<Allocation> ended = List.copyOf(all);
        all.clear();
        ended.forEach(this::end);
    }

    private void end(Allocation allocation) {
        quota.release(allocation.owner().pseudonym(), allocation.source());
        meters.leave(allocation.owner().pseudonym());
        tickets.forget(allocation);
        allocation.relayed().forEach(address -> byRelayed.remove(address, allocation));
        counters.ended.increment();
        live.end(allocation.traffic());
        allocation.path().detach(allocation);
        allocation.close();
    }
}
