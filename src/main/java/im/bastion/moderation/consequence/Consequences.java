// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.consequence;

import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.rule.Hit;
import im.bastion.policy.Verdict;
import org.xmpp.packet.Packet;

/** What can follow from a finding. Each is filed, also when it is only simulated. On the server's own threads: no I/O. */
public interface Consequences {
    /**
     * Draws what the finding asks for; the verdict is about the event itself.
     *
     * @param stanza the event's
     */
    Verdict draw(RoomEvent event, Packet stanza, Hit hit);
}
