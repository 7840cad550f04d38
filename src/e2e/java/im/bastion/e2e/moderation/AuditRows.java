// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.moderation;

import im.bastion.audit.AuditEntry;
import im.bastion.audit.AuditEvent;
import im.bastion.audit.AuditQuery;
import im.bastion.e2e.host.BoundHost;
import im.bastion.e2e.server.inside.InsideTask;
import java.util.StringJoiner;

/**
 * The audit log as it is in the database: the first line is "whole" or what the verifier found, then one entry a line, the
 * newest first.
 */
public final class AuditRows implements InsideTask {
    private static final int LATEST = 50;

    @Override
    public String run(String... arguments) throws Exception {
        AuditQuery query = new AuditQuery(BoundHost.now().database());
        StringJoiner lines = new StringJoiner("\n");
        lines.add(query.verify().map(Object::toString).orElse("whole"));
        for (AuditEntry entry : query.latest(LATEST)) {
            AuditEvent event = entry.event();
            lines.add(String.join(
                    " ",
                    event.guard(),
                    event.action(),
                    String.valueOf(event.mode()),
                    event.actor(),
                    event.subject(),
                    event.rule() + "/" + event.ruleVersion(),
                    event.detail()));
        }
        return lines.toString();
    }
}
