// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.consequence;

import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.limit.Holds;
import im.bastion.moderation.rule.Hit;
import java.time.Duration;
import org.xmpp.packet.Packet;

/** What can be done beside refusing. Each returns at once. */
public interface Aftermath {
    /** Keeps the stanza back for that time, then delivers it. */
    Holds.Held hold(RoomEvent event, Packet stanza, Duration delay);

    /** Counts against the sender, who may climb the ladder of sanctions. */
    void strike(RoomEvent event, Hit hit, String reference);

    /** Counts what would have been a strike, for ladders that observe. */
    void wouldStrike(RoomEvent event, Hit hit, String reference);

    /** Takes back what the finding names as let through before. */
    void retractEarlier(Hit hit, String reference);
}
