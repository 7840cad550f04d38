// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit;

/** Where guards and pages report what they did. */
@FunctionalInterface
public interface AuditTrail {
    /** Takes the event and returns at once; never throws, never blocks on the database. */
    void record(AuditEvent event);
}
