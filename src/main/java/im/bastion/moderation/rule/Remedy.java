// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.rule;

import java.time.Duration;

/** What a finding asks for. The first four keep the event from the room. */
public sealed interface Remedy {
    /** The event does not reach the room; its sender is told why. */
    Remedy REFUSE = new Refuse(true);

    /** As {@link #REFUSE}, but it is nobody's fault and counts as no strike: the sender waits with others. */
    Remedy TURN_AWAY = new Refuse(false);

    /** Whether it counts against the sender. */
    boolean isStrike();

    /**
     * The event does not reach the room.
     *
     * @param isStrike whether it counts against the sender
     */
    record Refuse(boolean isStrike) implements Remedy {}

    /**
     * The event does not reach the room now; the sender may try again after that time.
     *
     * @param isStrike whether it counts against the sender
     */
    record Wait(Duration retryAfter, boolean isStrike) implements Remedy {}

    /** The event reaches the room after that time, unless somebody cancels it before. No strike. */
    record Hold(Duration delay) implements Remedy {
        @Override
        public boolean isStrike() {
            return false;
        }
    }

    /** The event is delivered, and the moderators get a case to look at. */
    record Report() implements Remedy {
        @Override
        public boolean isStrike() {
            return false;
        }
    }
}
