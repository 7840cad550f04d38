// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit;

import java.util.UUID;

/** An event that has its id and not yet its place in the chain. The id keeps it from being written twice. */
record PendingEntry(UUID id, AuditEvent event) {
    static PendingEntry of(AuditEvent event) {
        return new PendingEntry(UUID.randomUUID(), event);
    }

    PendingEntry inAscii() {
        return new PendingEntry(id, event.inAscii());
    }
}
