// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * The allocations of one listening socket, where the client's address says which. Holds the quota's place and the socket of
 * each and gives both back when it ends. Confined to its server's thread.
 */
final class AllocationTable {
    private final Map<InetSocketAddress, Allocation> byClient = new HashMap<>();
    private final AllocationQuota quota;
    private final TurnCounters counters;

    AllocationTable(AllocationQuota quota, TurnCounters counters) {
        this.quota = quota;
        this.counters = counters;
    }

    /** The client's live allocation, or null. */
    Allocation find(InetSocketAddress client, Moment now) {
        Allocation allocation = byClient.get(client);
        return allocation != null && allocation.isAlive(now) ? allocation : null;
    }

    /** Takes the quota's place for an allocation to come; false when the user, or all together, have enough. */
    boolean reserve(AuthenticatedUser user) {
        return quota.take(user.pseudonym());
    }

    /** Gives that place back when nothing came of it. */
    void cancel(AuthenticatedUser user) {
        quota.release(user.pseudonym());
    }

    /** Takes in an allocation for which a place was reserved and whose client has none. */
    void add(Allocation allocation) {
        Allocation expired = byClient.put(allocation.client(), allocation);
        if (expired != null) {
            end(expired);
        }
        counters.opened.increment();
        allocation.socket().serve(allocation);
    }

    void remove(Allocation allocation) {
        if (byClient.remove(allocation.client(), allocation)) {
            end(allocation);
        }
    }

    /** Ends what has outlived itself: allocations, and inside the living ones permissions and channels. */
    void expire(Moment now) {
        Iterator<Allocation> all = byClient.values().iterator();
        while (all.hasNext()) {
            Allocation allocation = all.next();
            if (allocation.isAlive(now)) {
                allocation.permissions().expire(now);
                allocation.channels().expire(now);
            } else {
                all.remove();
                end(allocation);
            }
        }
    }

    /** Ends all. */
    void clear() {
        List<Allocation> all = List.copyOf(byClient.values());
        byClient.clear();
        all.forEach(this::end);
    }

    private void end(Allocation allocation) {
        quota.release(allocation.owner().pseudonym());
        counters.ended.increment();
        allocation.socket().close();
    }
}
