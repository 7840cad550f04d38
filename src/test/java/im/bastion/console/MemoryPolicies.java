// SPDX-License-Identifier: Apache-2.0
package im.bastion.console;

import im.bastion.host.Subscription;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.Policies;
import im.bastion.store.PolicyChange;
import im.bastion.store.PolicyRow;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Rules in a map; refuses to change them while it is told to be down. */
final class MemoryPolicies implements Policies {
    private final Map<String, PolicyRow> rows = new TreeMap<>();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();
    boolean down;

    @Override
    public List<PolicyRow> of(String guard) {
        return rows.values().stream()
                .filter(row -> row.rule().value().startsWith(guard + "."))
                .toList();
    }

    @Override
    public PolicyRow change(RuleId rule, Mode mode, String body, String author) throws SQLException {
        if (down) {
            throw new SQLException("down");
        }
        PolicyRow before = rows.get(rule.value());
        PolicyRow row = new PolicyRow(rule, before == null ? 1 : before.version() + 1, mode, body, author, Stage.NOW);
        rows.put(rule.value(), row);
        listeners.forEach(listener ->
                listener.accept(rule.value().substring(0, rule.value().indexOf('.'))));
        return row;
    }

    @Override
    public List<PolicyRow> changeAll(List<PolicyChange> changes, String author) throws SQLException {
        List<PolicyRow> changed = new ArrayList<>();
        for (PolicyChange change : changes) {
            changed.add(change(change.rule(), change.mode(), change.body(), author));
        }
        return changed;
    }

    @Override
    public Subscription onChange(Consumer<String> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }
}
