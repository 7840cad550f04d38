// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation;

import im.bastion.federation.commit.CommitJson;
import im.bastion.federation.commit.PendingCommit;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.settings.Settings;
import im.bastion.store.Policies;
import im.bastion.store.PolicyRow;
import java.time.InstantSource;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rows of the policy and the guard's mode as they count at this moment: a commit whose time is over without being
 * confirmed does not count, whether or not the database could be told already. Thread-safe.
 */
final class PolicyRows {
    static final String GUARD = "federation";

    /** Pending commits are rows of a guard of their own: stored, shared and journaled with the rules they are about. */
    static final String COMMITS = "commit";

    static final RuleId COMMIT = new RuleId(COMMITS + "." + GUARD);
    private static final Logger LOG = LoggerFactory.getLogger(PolicyRows.class);

    private record Read(PolicyRow row, PendingCommit commit) {}

    private final Policies policies;
    private final Settings settings;
    private final InstantSource clock;
    private volatile Read last = new Read(null, null);

    PolicyRows(Policies policies, Settings settings, InstantSource clock) {
        this.policies = policies;
        this.settings = settings;
        this.clock = clock;
    }

    List<PolicyRow> rows() {
        PendingCommit commit = pending();
        List<PolicyRow> rows = policies.of(GUARD);
        return commit != null && commit.isOver(clock.instant()) ? commit.undone(rows) : rows;
    }

    /** The guard's mode. */
    Mode ceiling() {
        PendingCommit commit = pending();
        Mode mode = settings.get(FederationSettings.MODE);
        return commit != null && commit.isOver(clock.instant()) ? commit.undone(mode) : mode;
    }

    /** The commit that is neither confirmed nor undone for good, or null. */
    PendingCommit pending() {
        PolicyRow row = commitRow();
        if (row == null || row.mode() == Mode.OFF) {
            return null;
        }
        Read read = last;
        if (!row.equals(read.row())) {
            read = new Read(row, read(row));
            last = read;
        }
        return read.commit();
    }

    /** The newest row about commits, pending or not; null when there was none. */
    PolicyRow commitRow() {
        List<PolicyRow> rows = policies.of(COMMITS);
        return rows.isEmpty() ? null : rows.get(0);
    }

    private static PendingCommit read(PolicyRow row) {
        try {
            return CommitJson.read(row.body());
        } catch (IllegalArgumentException e) {
            LOG.error("The pending commit, version {}, cannot be read and is not undone by itself", row.version(), e);
            return null;
        }
    }
}
