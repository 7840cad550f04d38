// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.rule;

import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.event.Sender;

/**
 * One rule as an admin defined it, ready to judge. Immutable and pure: it says what it finds; whether anything follows from
 * it is not the rule's to decide.
 */
public interface ModerationRule {
    /** Judges one event, on the server's own threads: no lock, no I/O. */
    RuleOutcome judge(RoomEvent event, Sender sender);
}
