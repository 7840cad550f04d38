// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.host.Capability;
import im.bastion.metric.Health;
import im.bastion.settings.Settings;
import java.util.List;

/**
 * The overview: is anything wrong, since when, what to do.
 *
 * @param database what was last said about the database; null when nothing was
 * @param audit newest first; null when it cannot be read now
 * @param version Bastion's
 * @param product the host's name and version
 */
public record OverviewView(
        Frame frame,
        List<Problem> problems,
        List<GuardCard> guards,
        List<Capability> capabilities,
        List<Settings.Broken> broken,
        Health.Report database,
        List<AuditRow> audit,
        String version,
        String product) {
    /** Whether a problem is more than something to know. */
    public boolean failing() {
        return problems.stream().anyMatch(p -> p.state() == Health.State.FAILED);
    }

    public boolean databaseDown() {
        return database != null && database.state() == Health.State.FAILED;
    }
}
