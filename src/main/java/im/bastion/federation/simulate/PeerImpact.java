// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.simulate;

import im.bastion.host.ServerSession.Direction;
import im.bastion.policy.RuleId;
import java.time.Instant;

/**
 * What a draft would change for one peer in one direction.
 *
 * @param domain from the peer, not escaped
 * @param rule that objects: the draft's, or for {@link Change#LET_IN} the one in force
 * @param reason what it objects to in the latest of these sessions, as the rest of a sentence about the peer
 * @param refused how many of its sessions began that would be refused, or for LET_IN are refused now
 * @param sessions how many of its sessions began in that direction
 * @param stanzas that passed in that direction on the days of these sessions; for LET_IN those that were stopped
 * @param upperBound whether other sessions carried stanzas on these days too, so that fewer may be affected
 * @param users about how many of ours exchanged stanzas with the peer on these days
 * @param last when one of these sessions was seen last
 */
public record PeerImpact(
        String domain,
        Direction direction,
        Change change,
        RuleId rule,
        String reason,
        long refused,
        long sessions,
        long stanzas,
        boolean upperBound,
        long users,
        Instant last) {}
