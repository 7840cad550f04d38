// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation;

import im.bastion.audit.AuditEvent;
import im.bastion.audit.AuditTrail;
import im.bastion.federation.commit.CommitJson;
import im.bastion.federation.commit.PendingCommit;
import im.bastion.metric.Health;
import im.bastion.policy.Mode;
import im.bastion.settings.Settings;
import im.bastion.store.Policies;
import im.bastion.store.PolicyChange;
import im.bastion.store.PolicyMovedException;
import im.bastion.store.PolicyRow;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes that are undone by themselves unless an admin confirms them in time: who locks his users out of a server they
 * need, or himself out of the console, has to do nothing. There is one at a time. Undoing acts at once in memory; the
 * database is told as soon as it takes it. Thread-safe.
 */
public final class CommitConfirmed {
    /** The longest time a change may wait for its confirmation. */
    public static final Duration LONGEST = Duration.ofDays(1);

    private static final Logger LOG = LoggerFactory.getLogger(CommitConfirmed.class);
    private static final String PART = "federation.commit";
    private static final String DONE = "{}";
    private static final Duration RETRY = Duration.ofSeconds(10);

    private final Policies policies;
    private final PolicyRows rows;
    private final Settings settings;
    private final AuditTrail audit;
    private final Health health;
    private final Clock clock;
    private Instant nextTry = Instant.MIN;

    public CommitConfirmed(Policies policies, Settings settings, AuditTrail audit, Health health, Clock clock) {
        this.policies = policies;
        this.rows = new PolicyRows(policies, settings, clock);
        this.settings = settings;
        this.audit = audit;
        this.health = health;
        this.clock = clock;
    }

    /** The change that waits for its confirmation, or of which the database does not know yet that it is undone; or null. */
    public PendingCommit pending() {
        return rows.pending();
    }

    /**
     * Makes changes that are undone after that time.
     *
     * @param guard whether the guard is set to enforce, too
     * @return false when another waits already: it must be confirmed or undone first
     * @throws IllegalArgumentException when there is more to keep for undoing than fits into a row
     * @throws SQLException when the database refused; nothing has changed then
     */
    public synchronized boolean begin(List<PolicyChange> changes, boolean guard, Duration time, String author)
            throws SQLException {
        if (rows.pending() != null) {
            return false;
        }
        Mode mode = settings.get(FederationSettings.MODE);
        boolean raises = guard && mode != Mode.ENFORCE;
        Instant until = clock.instant().plus(time);
        PendingCommit commit = PendingCommit.of(until, raises ? mode : null, changes, policies.of(PolicyRows.GUARD));
        store(changes, Mode.ENFORCE, CommitJson.of(commit), author);
        if (raises) {
            settings.set(FederationSettings.MODE, Mode.ENFORCE);
        }
        record("commit-pending", author, "undone at " + until + " unless confirmed: " + words(commit));
        return true;
    }

    /**
     * Lets the change stand.
     *
     * @return false when there is none whose time is not over
     * @throws SQLException when the database refused; it is undone in time then
     */
    public synchronized boolean confirm(String author) throws SQLException {
        PendingCommit commit = rows.pending();
        if (commit == null || commit.isOver(clock.instant())) {
            return false;
        }
        store(List.of(), Mode.OFF, DONE, author);
        record("commit-confirmed", author, words(commit));
        return true;
    }

    /**
     * Undoes the change now.
     *
     * @return false when there is none
     * @throws SQLException when the database refused; it is undone in time then
     */
    public synchronized boolean undo(String author) throws SQLException {
        PendingCommit commit = rows.pending();
        if (commit == null) {
            return false;
        }
        store(commit.undoing(policies.of(PolicyRows.GUARD)), Mode.OFF, DONE, author);
        Mode mode = settings.get(FederationSettings.MODE);
        if (commit.undone(mode) != mode) {
            settings.set(FederationSettings.MODE, commit.undone(mode));
        }
        record("commit-undone", author, words(commit));
        return true;
    }

    /** Undoes for good what is over; to be called every second. */
    void run() {
        PendingCommit commit = rows.pending();
        Instant now = clock.instant();
        if (commit == null) {
            health.ok(PART);
        } else if (commit.isOver(now) && !now.isBefore(nextTry)) {
            nextTry = now.plus(RETRY);
            try {
                var unused = undo("bastion");
                nextTry = Instant.MIN;
            } catch (PolicyMovedException e) {
                LOG.debug("Another node or an admin was quicker", e);
            } catch (SQLException e) {
                health.degraded(
                        PART,
                        "A change that nobody confirmed is undone, but the database does not take it now: "
                                + e.getMessage());
            }
        }
    }

    private void store(List<PolicyChange> changes, Mode mode, String body, String author) throws SQLException {
        PolicyRow before = rows.commitRow();
        List<PolicyChange> all = new ArrayList<>(changes);
        all.add(new PolicyChange(PolicyRows.COMMIT, before == null ? 0 : before.version(), mode, body));
        var unused = policies.changeAll(all, author);
    }

    private void record(String action, String actor, String detail) {
        audit.record(new AuditEvent(
                clock.instant(), PolicyRows.GUARD, actor, action, "policy", null, 0, Mode.ENFORCE, detail));
    }

    private static String words(PendingCommit commit) {
        String rules = commit.rules().stream()
                .map(before -> before.rule() + " version " + before.version())
                .collect(Collectors.joining(", "));
        String guard = commit.guard() == null ? "" : "the guard's mode, which was " + commit.guard();
        return rules.isEmpty() || guard.isEmpty() ? rules + guard : rules + ", " + guard;
    }
}
