// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.turn;

import java.util.HashMap;
import java.util.Map;

/**
 * How many allocations there may be, for one user, from one address and in all. Thread-safe: several listeners share one.
 */
public final class AllocationQuota {
    private final Map<String, Integer> byUser = new HashMap<>();
    private final Map<SourceKey, Integer> byAddress = new HashMap<>();
    private int total;
    private volatile TurnLimits limits;

    public AllocationQuota(TurnLimits limits) {
        this.limits = limits;
    }

    /** Changes the limits; what is held already stays. */
    public void limit(TurnLimits latest) {
        limits = latest;
    }

    TurnLimits limits() {
        return limits;
    }

    /** Takes a place for the user at that address, if there is one. */
    synchronized boolean take(String user, SourceKey address) {
        TurnLimits now = limits;
        if (byUser.getOrDefault(user, 0) >= now.perUser()
                || byAddress.getOrDefault(address, 0) >= now.perAddress()
                || total >= now.total()) {
            return false;
        }
        byUser.merge(user, 1, Integer::sum);
        byAddress.merge(address, 1, Integer::sum);
        total++;
        return true;
    }

    /** Gives the place back that was taken with the same two. */
    synchronized void release(String user, SourceKey address) {
        total--;
        byUser.computeIfPresent(user, (u, held) -> held == 1 ? null : held - 1);
        byAddress.computeIfPresent(address, (a, held) -> held == 1 ? null : held - 1);
    }

    /** How many are held now. */
    public synchronized int total() {
        return total;
    }
}
