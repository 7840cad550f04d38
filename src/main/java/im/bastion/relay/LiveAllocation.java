// SPDX-License-Identifier: Apache-2.0
package im.bastion.relay;

import im.bastion.relay.turn.AllocationTraffic;
import im.bastion.relay.watch.Sample;
import java.time.Instant;

/**
 * An allocation that lives.
 *
 * @param session whose it is, as a full JID; null when the session has ended or another server minted the credential
 * @param latest what the latest look at it has shown; null before the first
 */
public record LiveAllocation(AllocationTraffic traffic, String session, Sample latest) {
    public Instant since() {
        return Instant.ofEpochSecond(traffic.openedEpochSecond());
    }

    /** The session, or what stands for the account where that is not known here. */
    public String owner() {
        return session == null ? traffic.user().pseudonym() : session;
    }
}
