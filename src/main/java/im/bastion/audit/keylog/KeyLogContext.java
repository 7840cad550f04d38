// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit.keylog;

import im.bastion.audit.AuditTrail;
import im.bastion.host.Database;
import im.bastion.metric.Counters;
import im.bastion.metric.Health;
import java.nio.file.Path;
import java.time.Clock;

/**
 * What the key log works with.
 *
 * @param dataFolder the head and the key it is signed with lie there, outside of the database
 * @param origin the name of the log, for example "home.example/omemo-keys"; without spaces and plus signs
 * @param board where heads are published
 */
public record KeyLogContext(
        Database database,
        Path dataFolder,
        String origin,
        HeadBoard board,
        AuditTrail audit,
        Health health,
        Counters counters,
        Clock clock) {}
