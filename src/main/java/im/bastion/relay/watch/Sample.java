// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay.watch;

import java.time.Instant;

/**
 * What went through in the time before.
 *
 * @param at the end of that time
 * @param fromClients to peers
 * @param fromPeers to clients
 */
public record Sample(Instant at, int allocations, Quality fromClients, Quality fromPeers) {
    /** Both ways together, in kbit/s. */
    public long kbitPerSecond() {
        return fromClients.kbitPerSecond() + fromPeers.kbitPerSecond();
    }
}
