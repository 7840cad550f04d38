// SPDX-License-Identifier: Apache-2.0
package im.bastion.store;

import im.bastion.host.Subscription;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Rules in a map. */
public final class MemoryPolicyStore implements Policies {
    private final Map<RuleId, PolicyRow> rows = new ConcurrentHashMap<>();
    private final List<Consumer<String>> listeners = new CopyOnWriteArrayList<>();

    @Override
    public List<PolicyRow> of(String guard) {
        return rows.values().stream()
                .filter(row -> row.rule().value().startsWith(guard + "."))
                .toList();
    }

    @Override
    public PolicyRow change(RuleId rule, Mode mode, String body, String author) {
        PolicyRow row = rows.compute(
                rule,
                (id, old) -> new PolicyRow(id, old == null ? 1 : old.version() + 1, mode, body, author, Instant.EPOCH));
        listeners.forEach(listener ->
                listener.accept(rule.value().substring(0, rule.value().indexOf('.'))));
        return row;
    }

    @Override
    public List<PolicyRow> changeAll(List<PolicyChange> changes, String author) {
        return changes.stream()
                .map(change -> change(change.rule(), change.mode(), change.body(), author))
                .toList();
    }

    @Override
    public Subscription onChange(Consumer<String> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /** How many follow. */
    public int listeners() {
        return listeners.size();
    }
}
