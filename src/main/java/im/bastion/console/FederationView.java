// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.federation.PeerSession;
import im.bastion.federation.policy.PeerVerdict.Standing;
import java.util.List;

/**
 * The servers we talk with, and on what terms.
 *
 * @param peers null when they cannot be listed now
 * @param commit the change that waits for its confirmation; null when none does
 */
public record FederationView(Frame frame, GuardCard guard, List<PeerSession> peers, CommitView commit) {
    /** How many sessions a rule is for. */
    public long judged() {
        return peers.stream().filter(p -> p.standing() != Standing.NOT_POLICED).count();
    }

    /** How many sessions a rule objects to, in observe or in enforce. */
    public long failing() {
        return peers.stream()
                .filter(p -> p.standing().compareTo(Standing.ALLOWED) > 0)
                .count();
    }
}
