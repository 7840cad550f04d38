// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.commit;

import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.PolicyChange;
import im.bastion.store.PolicyRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A change of the policy that holds until its time is over unless it is confirmed before. It knows all that is needed to
 * undo it, so that a server that starts without its database undoes it too. A rule that somebody changed once more, and a
 * mode that was set since, are not touched any more. Immutable.
 *
 * @param until when it is undone
 * @param guard the guard's mode before it was set to enforce; null when it was not
 * @param rules as they were before
 */
public record PendingCommit(Instant until, Mode guard, List<Before> rules) {
    /**
     * A rule as it was before the change.
     *
     * @param version that the change made: only that one is undone
     * @param mode OFF when there was no such rule
     * @param body null when the change left it alone or there was no such rule
     */
    public record Before(RuleId rule, int version, Mode mode, String body) {
        PolicyRow in(PolicyRow row) {
            return row.version() != version
                    ? row
                    : new PolicyRow(rule, version, mode, body == null ? row.body() : body, row.author(), row.at());
        }
    }

    public PendingCommit {
        rules = List.copyOf(rules);
    }

    /** Of a change that is about to be made to these rows. */
    public static PendingCommit of(Instant until, Mode guard, List<PolicyChange> changes, List<PolicyRow> rows) {
        Map<RuleId, PolicyRow> now = byId(rows);
        return new PendingCommit(
                until,
                guard,
                changes.stream()
                        .map(change -> before(change, now.get(change.rule())))
                        .toList());
    }

    public boolean isOver(Instant now) {
        return !now.isBefore(until);
    }

    /** The rows as if the change had not been made. */
    public List<PolicyRow> undone(List<PolicyRow> rows) {
        Map<RuleId, Before> before = rules.stream().collect(Collectors.toMap(Before::rule, Function.identity()));
        return rows.stream()
                .map(row ->
                        before.containsKey(row.rule()) ? before.get(row.rule()).in(row) : row)
                .toList();
    }

    /** The guard's mode as if the change had not been made. */
    public Mode undone(Mode mode) {
        return guard != null && mode == Mode.ENFORCE ? guard : mode;
    }

    /** What is to be stored to undo it for good; empty when nothing is left to undo. */
    public List<PolicyChange> undoing(List<PolicyRow> rows) {
        Map<RuleId, PolicyRow> now = byId(rows);
        return undone(rows).stream()
                .filter(row -> !row.equals(now.get(row.rule())))
                .map(row -> new PolicyChange(row.rule(), row.version(), row.mode(), row.body()))
                .toList();
    }

    private static Before before(PolicyChange change, PolicyRow row) {
        if (row == null) {
            return new Before(change.rule(), 1, Mode.OFF, null);
        }
        String body = row.body().equals(change.body()) ? null : row.body();
        return new Before(change.rule(), row.version() + 1, row.mode(), body);
    }

    private static Map<RuleId, PolicyRow> byId(List<PolicyRow> rows) {
        return rows.stream().collect(Collectors.toMap(PolicyRow::rule, Function.identity()));
    }
}
