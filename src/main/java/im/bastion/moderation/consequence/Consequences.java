// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.consequence;

import im.bastion.moderation.event.RoomEvent;
import im.bastion.policy.Verdict;

/** What can follow from a finding. Each is audited, also when it is only simulated. */
public interface Consequences {
    /** The message does not reach the room, and its sender is told why. */
    Verdict refuse(RoomEvent event, Hit hit);
}
