// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation;

import im.bastion.host.Subscription;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.Policies;
import im.bastion.store.PolicyChange;
import im.bastion.store.PolicyMovedException;
import im.bastion.store.PolicyRow;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Rules in a map; refuses to change several at once while it is told to be down. */
final class FakePolicies implements Policies {
    private final Map<String, PolicyRow> rows = new TreeMap<>();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    volatile boolean down;

    void put(RuleId rule, Mode mode, String body) {
        PolicyRow old = rows.get(rule.value());
        int version = old == null ? 1 : old.version() + 1;
        rows.put(rule.value(), new PolicyRow(rule, version, mode, body, "admin", Instant.EPOCH));
    }

    @Override
    public List<PolicyRow> of(String guard) {
        return rows.values().stream()
                .filter(row -> row.rule().value().startsWith(guard + "."))
                .toList();
    }

    @Override
    public PolicyRow change(RuleId rule, Mode mode, String body, String author) {
        put(rule, mode, body);
        listeners.forEach(listener -> listener.accept("federation"));
        return rows.get(rule.value());
    }

    @Override
    public List<PolicyRow> changeAll(List<PolicyChange> changes, String author) throws SQLException {
        if (down) {
            throw new SQLException("down");
        }
        for (PolicyChange change : changes) {
            PolicyRow newest = rows.get(change.rule().value());
            if (change.from() != (newest == null ? 0 : newest.version())) {
                throw new PolicyMovedException(change.rule(), newest == null ? 0 : newest.version());
            }
        }
        changes.forEach(change -> put(change.rule(), change.mode(), change.body()));
        listeners.forEach(listener -> listener.accept("federation"));
        return changes.stream().map(change -> rows.get(change.rule().value())).toList();
    }

    @Override
    public Subscription onChange(Consumer<String> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    int listeners() {
        return listeners.size();
    }
}
