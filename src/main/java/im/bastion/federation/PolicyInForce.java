// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation;

import im.bastion.federation.commit.PendingCommit;
import im.bastion.federation.policy.Demand;
import im.bastion.federation.policy.DemandReader;
import im.bastion.federation.policy.FederationPolicy;
import im.bastion.federation.policy.PolicyFault;
import im.bastion.metric.Health;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.settings.Settings;
import im.bastion.store.Policies;
import im.bastion.store.PolicyRow;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the compiled policy in step with its rows and with the guard's mode. A row that cannot be read is reported until
 * it is mended; its last good version stays in force. Reading the policy is one volatile read.
 */
final class PolicyInForce {
    private static final Logger LOG = LoggerFactory.getLogger(PolicyInForce.class);
    private static final String PART = "federation.policy";

    private final PolicyRows rows;
    private final Health health;
    private final InstantSource clock;
    private final Map<RuleId, PolicyRow> lastGood = new HashMap<>();
    private volatile FederationPolicy current = FederationPolicy.EMPTY;
    private volatile Instant validUntil = Instant.MAX;

    PolicyInForce(Policies policies, Settings settings, Health health, InstantSource clock) {
        this.rows = new PolicyRows(policies, settings, clock);
        this.health = health;
        this.clock = clock;
    }

    /** Whether the rows count otherwise by now, although nobody changed them: a commit was not confirmed in time. */
    boolean isOver() {
        return !clock.instant().isBefore(validUntil);
    }

    FederationPolicy current() {
        return current;
    }

    /** Compiles the rows as they are now. */
    synchronized void reload() {
        PendingCommit commit = rows.pending();
        boolean pending = commit != null && !commit.isOver(clock.instant());
        Mode ceiling = rows.ceiling();
        List<Demand> demands = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (PolicyRow row : rows.rows()) {
            Demand demand = read(row, faults);
            if (demand != null) {
                demands.add(demand);
            }
        }
        current = new FederationPolicy(demands, ceiling);
        validUntil = pending ? commit.until() : Instant.MAX;
        if (faults.isEmpty()) {
            health.ok(PART);
        } else {
            health.degraded(PART, String.join("; ", faults));
        }
    }

    private Demand read(PolicyRow row, List<String> faults) {
        try {
            Demand demand = DemandReader.read(row);
            lastGood.put(row.rule(), row);
            return demand;
        } catch (PolicyFault e) {
            if (row.mode() == Mode.OFF) {
                return null;
            }
            PolicyRow good = lastGood.get(row.rule());
            String consequence = good == null ? "it is not in force" : "version " + good.version() + " stays in force";
            String fault =
                    "Rule " + row.rule() + " (version " + row.version() + "): " + e.getMessage() + "; " + consequence;
            faults.add(fault);
            LOG.warn(fault);
            return good == null ? null : DemandReader.read(good);
        }
    }
}
