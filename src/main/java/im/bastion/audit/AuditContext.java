// SPDX-License-Identifier: Apache-2.0
package im.bastion.audit;

import im.bastion.host.Database;
import im.bastion.metric.Counters;
import im.bastion.metric.Health;
import java.nio.file.Path;
import java.time.Clock;

/**
 * What the audit log works with.
 *
 * @param dataFolder the spool lies there
 */
public record AuditContext(Database database, Path dataFolder, Health health, Counters counters, Clock clock) {}
