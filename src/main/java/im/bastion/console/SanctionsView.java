// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.moderation.sanction.Sanction;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;

/**
 * Sanctions.
 *
 * @param isHistory whether those that ended are shown, too
 * @param inForce null with history
 * @param history null without it, and when it cannot be read now
 */
public record SanctionsView(
        Frame frame, SanctionDraft draft, boolean isHistory, Paged<Sanction> inForce, Slice<Sanction> history) {
    /** The rows to show; null when they cannot be read now. */
    public List<Sanction> rows() {
        if (!isHistory) {
            return inForce.rows();
        }
        return history == null ? null : history.rows();
    }

    public boolean holds(Sanction sanction) {
        Instant now = frame.times().now();
        return sanction.holdsAt(now);
    }

    /** The kinds there are, as words. */
    public List<String> kinds() {
        return Arrays.stream(Sanction.Kind.values()).map(Query::word).toList();
    }
}
