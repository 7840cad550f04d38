// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.policy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * An exception from a rule: its peer is only observed until the day is over.
 *
 * @param reason the admin's words
 * @param until the last day, in UTC
 */
public record Waiver(String reason, LocalDate until) {
    /** The first moment at which it does not hold any more. */
    public Instant end() {
        return until.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    boolean holds(Instant now) {
        return now.isBefore(end());
    }
}
