// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.consequence;

import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.rule.Hit;
import im.bastion.policy.Verdict;

/** What can follow from a finding. Each is audited, also when it is only simulated. */
public interface Consequences {
    /** Draws what the finding asks for; the verdict is about the event itself. */
    Verdict draw(RoomEvent event, Hit hit);
}
