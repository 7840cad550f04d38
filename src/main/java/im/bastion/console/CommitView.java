// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.federation.commit.PendingCommit;
import java.time.Duration;
import java.time.Instant;

/**
 * A change of the federation policy that is undone unless it is confirmed.
 *
 * @param isOver whether its time is over: it does not count any more, and the database does not know yet
 */
public record CommitView(PendingCommit commit, boolean isOver) {
    /** What waits now, or null. */
    static CommitView of(ConsoleModel model) {
        PendingCommit commit = model.federation().commits().pending();
        return commit == null
                ? null
                : new CommitView(commit, commit.isOver(model.clock().instant()));
    }

    /** Minutes that are left, rounded down. */
    public long minutesLeft(Instant now) {
        return left(now).toMinutes();
    }

    /** Seconds that are left beside the minutes. */
    public long secondsLeft(Instant now) {
        return left(now).toSecondsPart();
    }

    private Duration left(Instant now) {
        Duration left = Duration.between(now, commit.until());
        return left.isNegative() ? Duration.ZERO : left;
    }
}
