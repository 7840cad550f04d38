// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay;

/**
 * How much of the relay is in use.
 *
 * @param allocations that live
 * @param maxAllocations that may
 * @param ports relayed ports there are, for each of UDP and TCP
 * @param kbitPerSecond relayed now, both ways together
 * @param maxKbitPerSecond that may be; 0 for any
 */
public record Capacity(int allocations, int maxAllocations, int ports, long kbitPerSecond, long maxKbitPerSecond) {
    /** How many more allocations there is room for. */
    public int room() {
        return Math.max(0, Math.min(maxAllocations, ports) - allocations);
    }

    /** Whether more than nine tenths of something are in use. */
    public boolean isTight() {
        return room() * 10 < Math.min(maxAllocations, ports)
                || (maxKbitPerSecond > 0 && kbitPerSecond * 10 > maxKbitPerSecond * 9);
    }
}
