// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.audit.AuditEntry;
import im.bastion.audit.AuditEvent;

/**
 * An audit entry as a table shows it.
 *
 * @param detail for people: a JSON object becomes "name: value" pairs
 */
public record AuditRow(long number, AuditEvent event, String detail) {
    static AuditRow of(AuditEntry entry) {
        String detail = entry.event().detail();
        return new AuditRow(
                entry.sequence(),
                entry.event(),
                detail.startsWith("{") ? RuleBody.parse(detail).pairs(detail) : detail);
    }
}
