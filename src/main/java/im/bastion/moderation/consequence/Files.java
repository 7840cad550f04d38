// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.consequence;

import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.rule.Hit;
import im.bastion.policy.Mode;

/** Where findings are filed. */
@FunctionalInterface
public interface Files {
    /**
     * Files a finding as a case, or counts it in with one that is alike; never blocks.
     *
     * @return the case's reference, for example "7F3K-9QXT"
     */
    String file(RoomEvent event, Hit hit, Mode mode);
}
