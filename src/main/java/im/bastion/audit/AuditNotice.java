// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit;

import im.bastion.policy.Mode;
import java.time.Clock;

/** What the log has to say about itself, as entries in it. */
final class AuditNotice {
    private AuditNotice() {}

    static AuditEvent entriesLost(Clock clock, long count) {
        return notice(clock, "entries-lost", count + " entries found no place in memory, on disk or in the database");
    }

    static AuditEvent spoolDamaged(Clock clock, long bytes) {
        return notice(
                clock,
                "spool-damaged",
                bytes + " bytes of the file of waiting entries could not be read: at most the last entries before a"
                        + " crash, unless somebody changed the file");
    }

    private static AuditEvent notice(Clock clock, String action, String detail) {
        return new AuditEvent(clock.instant(), "audit", "bastion", action, "audit log", null, 0, Mode.ENFORCE, detail);
    }
}
