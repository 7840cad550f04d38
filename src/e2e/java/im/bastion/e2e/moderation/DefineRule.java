// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.moderation;

import im.bastion.audit.AuditContext;
import im.bastion.audit.AuditLog;
import im.bastion.audit.PolicyJournal;
import im.bastion.e2e.host.BoundHost;
import im.bastion.e2e.server.inside.InsideTask;
import im.bastion.host.Database;
import im.bastion.metric.Counters;
import im.bastion.metric.Health;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.PolicyRow;
import im.bastion.store.PolicyStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;

/** Defines a rule the way another node would: in the database. Rule, mode, body. */
public final class DefineRule implements InsideTask {
    @Override
    public String run(String... arguments) throws Exception {
        Path folder = Files.createTempDirectory("bastion-other-node");
        Clock clock = Clock.systemUTC();
        Health health = new Health(clock);
        Database database = BoundHost.now().database();
        try (AuditLog log = new AuditLog(new AuditContext(database, folder, health, new Counters(), clock))) {
            PolicyStore store = new PolicyStore(database, folder, new PolicyJournal(log), health, clock);
            PolicyRow row = store.change(new RuleId(arguments[0]), Mode.valueOf(arguments[1]), arguments[2], "e2e");
            return String.valueOf(row.version());
        }
    }
}
