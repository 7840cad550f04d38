// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.policy.Mode;
import im.bastion.store.PolicyRow;
import java.util.List;

/**
 * The servers we talk with, and on what terms.
 *
 * @param peers null when they cannot be listed now
 * @param row the stored rule; null before the first
 */
public record FederationView(
        Frame frame, GuardCard guard, List<PeerSessionView> peers, PolicyRow row, PeerRuleForm rule) {
    /** How many sessions a rule is for. */
    public long judged() {
        return peers.stream().filter(p -> p.verdict().mode() != Mode.OFF).count();
    }

    /** How many sessions the rules in force, or in observation, find fault with. */
    public long failing() {
        return peers.stream().filter(p -> !p.verdict().passes()).count();
    }
}
