// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation;

import im.bastion.metric.Health;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.settings.Settings;
import im.bastion.store.Policies;
import im.bastion.store.PolicyRow;
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

    private final Policies policies;
    private final Settings settings;
    private final Health health;
    private final Map<RuleId, PolicyRow> lastGood = new HashMap<>();
    private volatile FederationPolicy current = FederationPolicy.EMPTY;

    PolicyInForce(Policies policies, Settings settings, Health health) {
        this.policies = policies;
        this.settings = settings;
        this.health = health;
    }

    FederationPolicy current() {
        return current;
    }

    /** Compiles the rows as they are now. */
    synchronized void reload() {
        Mode ceiling = settings.get(FederationSettings.MODE);
        List<Demand> demands = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (PolicyRow row : policies.of("federation")) {
            Demand demand = read(row, ceiling, faults);
            if (demand != null) {
                demands.add(demand);
            }
        }
        current = new FederationPolicy(demands);
        if (faults.isEmpty()) {
            health.ok(PART);
        } else {
            health.degraded(PART, String.join("; ", faults));
        }
    }

    private Demand read(PolicyRow row, Mode ceiling, List<String> faults) {
        if (row.mode() == Mode.OFF) {
            lastGood.remove(row.rule());
            return null;
        }
        try {
            Demand demand = DemandReader.read(row, ceiling);
            lastGood.put(row.rule(), row);
            return demand;
        } catch (IllegalArgumentException e) {
            PolicyRow good = lastGood.get(row.rule());
            String consequence = good == null ? "it is not in force" : "version " + good.version() + " stays in force";
            faults.add(e.getMessage() + "; " + consequence);
            LOG.warn("{}; {}", e.getMessage(), consequence);
            return good == null ? null : DemandReader.read(good, ceiling);
        }
    }
}
