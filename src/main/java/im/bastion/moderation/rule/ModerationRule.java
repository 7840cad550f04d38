// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.rule;

import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.event.Sender;
import java.util.List;

/**
 * One rule as an admin defined it, ready to judge. It says what it finds; whether anything follows from it is not the
 * rule's to decide. No clock but the event's, no I/O. What it remembers has a bound that its docs state.
 */
public interface ModerationRule {
    /** Judges one event within the rule's scope, on the server's own threads: no lock that others hold long, no I/O. */
    RuleOutcome judge(RoomEvent event, Sender sender);

    /** Whether any of its needles in a text is already a finding. */
    default boolean findsByNeedlesAlone() {
        return false;
    }

    /** Whether nothing at all could please both. */
    default boolean contradicts(ModerationRule other) {
        return false;
    }

    /** What of it cannot do what its author will have meant, one sentence each. */
    default List<String> advice() {
        return List.of();
    }

    /** What an event must hold for this rule to find anything: any of these; empty when that cannot be told. */
    default List<Needles> needles() {
        return List.of();
    }
}
