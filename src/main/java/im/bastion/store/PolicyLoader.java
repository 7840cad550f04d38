// SPDX-License-Identifier: Apache-2.0
package im.bastion.store;

import im.bastion.policy.RuleId;
import im.bastion.store.PolicyTable.Fingerprint;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Reads the policies out of the table and keeps broken rows from getting into force. */
final class PolicyLoader {
    private static final int MAX_STEPS_BACK = 50;

    /** What a look at the table gave. */
    record Loaded(Fingerprint fingerprint, Map<String, PolicyRow> rows, List<BrokenPolicy> broken) {}

    private final PolicyTable table;

    PolicyLoader(PolicyTable table) {
        this.table = table;
    }

    /**
     * The newest version of each rule; in place of a broken one the one in force until now, or else the newest good one
     * before it.
     */
    Loaded load(Connection connection, Map<String, PolicyRow> inForce) throws SQLException {
        Fingerprint fingerprint = table.fingerprint(connection);
        Map<String, PolicyRow> rows = new TreeMap<>();
        List<BrokenPolicy> broken = new ArrayList<>();
        for (StoredPolicy stored : table.current(connection)) {
            try {
                rows.put(stored.rule(), stored.checked());
            } catch (BrokenPolicyException e) {
                PolicyRow lastGood = inForce.get(stored.rule());
                PolicyRow instead = lastGood != null ? lastGood : goodOneBefore(connection, stored);
                if (instead != null) {
                    rows.put(stored.rule(), instead);
                }
                broken.add(e.report().with(instead == null ? 0 : instead.version()));
            }
        }
        return new Loaded(fingerprint, rows, List.copyOf(broken));
    }

    /** The checked rows of a snapshot; a row that was tampered with is reported and left out. */
    static Loaded ofSnapshot(List<StoredPolicy> snapshot) {
        Map<String, PolicyRow> rows = new TreeMap<>();
        List<BrokenPolicy> broken = new ArrayList<>();
        for (StoredPolicy stored : snapshot) {
            try {
                rows.put(stored.rule(), stored.checked());
            } catch (BrokenPolicyException e) {
                broken.add(e.report());
            }
        }
        return new Loaded(null, rows, List.copyOf(broken));
    }

    /** "moderation" for "moderation.listed-phrase". */
    static String guardOf(RuleId rule) {
        return rule.value().substring(0, rule.value().indexOf('.'));
    }

    private PolicyRow goodOneBefore(Connection connection, StoredPolicy broken) throws SQLException {
        StoredPolicy older = table.before(connection, broken.rule(), broken.version());
        for (int step = 1; older != null && step < MAX_STEPS_BACK; step++) {
            PolicyRow good = goodOrNull(older);
            if (good != null) {
                return good;
            }
            older = table.before(connection, broken.rule(), older.version());
        }
        return null;
    }

    private static PolicyRow goodOrNull(StoredPolicy stored) {
        try {
            return stored.checked();
        } catch (BrokenPolicyException e) {
            // Only the newest version is reported; those before it matter to nobody.
            return null;
        }
    }
}
