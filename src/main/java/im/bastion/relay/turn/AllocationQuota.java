// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import java.util.HashMap;
import java.util.Map;

/** How many allocations there may be, for one user and in all. Thread-safe: several listeners share one. */
public final class AllocationQuota {
    private final Map<String, Integer> held = new HashMap<>();
    private int total;
    private int maxPerUser;
    private int maxTotal;

    public AllocationQuota(int maxPerUser, int maxTotal) {
        limit(maxPerUser, maxTotal);
    }

    /** Changes the limits; what is held already stays. */
    public synchronized void limit(int perUser, int inAll) {
        maxPerUser = perUser;
        maxTotal = inAll;
    }

    /** Takes a place for the user, if there is one. */
    synchronized boolean take(String user) {
        int mine = held.getOrDefault(user, 0);
        if (mine >= maxPerUser || total >= maxTotal) {
            return false;
        }
        held.put(user, mine + 1);
        total++;
        return true;
    }

    synchronized void release(String user) {
        total--;
        held.computeIfPresent(user, (u, mine) -> mine == 1 ? null : mine - 1);
    }

    /** How many are held now. */
    public synchronized int total() {
        return total;
    }
}
