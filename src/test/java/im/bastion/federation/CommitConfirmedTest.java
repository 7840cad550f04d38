// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import im.bastion.audit.AuditEvent;
import im.bastion.gate.Interest;
import im.bastion.host.Point;
import im.bastion.host.ServerSession.Direction;
import im.bastion.host.memory.MemoryServerSession;
import im.bastion.metric.Health;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.policy.Verdict;
import im.bastion.store.PolicyChange;
import im.bastion.store.PolicyRow;
import java.sql.SQLException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CommitConfirmedTest {
    private static final Duration FIVE_MINUTES = Duration.ofMinutes(5);
    private final Scene scene = new Scene();
    private final CommitConfirmed commits = commits();
    private final MemoryServerSession bad = scene.plain(Direction.OUTGOING);

    private CommitConfirmed commits() {
        return new CommitConfirmed(scene.policies, scene.settings, scene.audit::add, scene.health, scene.clock);
    }

    @AfterEach
    void close() {
        scene.close();
    }

    /** The rule observes; then it enforces for five minutes. */
    private void enforceForFiveMinutes() throws SQLException {
        scene.rule(Mode.OBSERVE);
        assertThat(commits.begin(List.of(change(Mode.ENFORCE, Scene.EVERYBODY)), false, FIVE_MINUTES, "admin"))
                .isTrue();
        scene.policy.reload();
    }

    private PolicyChange change(Mode mode, String body) {
        return new PolicyChange(Scene.RULE, row() == null ? 0 : row().version(), mode, body);
    }

    private PolicyRow row() {
        List<PolicyRow> rows = scene.policies.of("federation");
        return rows.isEmpty() ? null : rows.get(0);
    }

    private boolean passes() {
        return scene.send(bad, Scene.BAD) == Verdict.PASS;
    }

    /** What the thread does every second. */
    private void second() {
        if (scene.policy.isOver()) {
            scene.policy.reload();
        }
        commits.run();
    }

    @Test
    void anEnforceThatNobodyConfirmsIsUndoneWhenItsTimeIsOver() throws SQLException {
        enforceForFiveMinutes();
        assertThat(passes()).isFalse();
        scene.clock.pass(FIVE_MINUTES.minusMillis(1));
        second();
        assertThat(passes()).isFalse();

        scene.clock.pass(Duration.ofMillis(1));
        second();

        assertThat(passes()).isTrue();
        assertThat(row().mode()).isEqualTo(Mode.OBSERVE);
        assertThat(row().version()).isEqualTo(3);
        assertThat(commits.pending()).isNull();
        assertThat(scene.audit)
                .filteredOn(event -> event.action().startsWith("commit"))
                .extracting(AuditEvent::action, AuditEvent::actor)
                .containsExactly(tuple("commit-pending", "admin"), tuple("commit-undone", "bastion"));
        assertThat(scene.audit.get(0).detail()).contains("federation.everybody version 2", "undone at");
    }

    @Test
    void whatIsConfirmedStays() throws SQLException {
        enforceForFiveMinutes();

        assertThat(commits.confirm("juliet")).isTrue();

        assertThat(commits.confirm("juliet")).isFalse();
        scene.clock.pass(FIVE_MINUTES);
        second();
        assertThat(passes()).isFalse();
        assertThat(row().mode()).isEqualTo(Mode.ENFORCE);
        assertThat(scene.audit)
                .extracting(AuditEvent::action, AuditEvent::actor)
                .contains(tuple("commit-confirmed", "juliet"));
    }

    @Test
    void tooLateIsTooLate() throws SQLException {
        enforceForFiveMinutes();
        scene.clock.pass(FIVE_MINUTES);

        assertThat(commits.confirm("admin")).isFalse();
    }

    @Test
    void anAdminUndoesItBefore() throws SQLException {
        enforceForFiveMinutes();

        assertThat(commits.undo("admin")).isTrue();

        scene.policy.reload();
        assertThat(passes()).isTrue();
        assertThat(commits.undo("admin")).isFalse();
    }

    @Test
    void itIsUndoneInTimeAlsoWhileTheDatabaseIsAwayAndForGoodWhenItIsBack() throws SQLException {
        enforceForFiveMinutes();
        scene.policies.down = true;
        scene.clock.pass(FIVE_MINUTES);

        second();

        assertThat(passes()).isTrue();
        assertThat(row().mode()).isEqualTo(Mode.ENFORCE);
        assertThat(scene.health.of("federation.commit").state()).isEqualTo(Health.State.DEGRADED);

        scene.policies.down = false;
        scene.clock.pass(Duration.ofSeconds(10));
        second();
        second();

        assertThat(passes()).isTrue();
        assertThat(row().mode()).isEqualTo(Mode.OBSERVE);
        assertThat(scene.health.of("federation.commit").state()).isEqualTo(Health.State.OK);
    }

    @Test
    void aConfirmationThatTheDatabaseRefusesConfirmsNothing() throws SQLException {
        enforceForFiveMinutes();
        scene.policies.down = true;

        assertThatThrownBy(() -> commits.confirm("admin")).isInstanceOf(SQLException.class);

        scene.policies.down = false;
        scene.clock.pass(FIVE_MINUTES);
        second();
        assertThat(passes()).isTrue();
    }

    @Test
    void whenTheDatabaseRefusesTheBeginningNothingHasChanged() {
        scene.rule(Mode.OBSERVE);
        scene.settings.set(FederationSettings.MODE, Mode.OBSERVE);
        scene.policies.down = true;

        assertThatThrownBy(() -> commits.begin(List.of(), true, FIVE_MINUTES, "admin"))
                .isInstanceOf(SQLException.class);

        assertThat(commits.pending()).isNull();
        assertThat(scene.settings.get(FederationSettings.MODE)).isEqualTo(Mode.OBSERVE);
        assertThat(scene.audit).isEmpty();
    }

    @Test
    void aRestartMeanwhileUndoesAtOnceWhatIsOverEvenWithoutTheDatabase() throws SQLException {
        enforceForFiveMinutes();
        scene.clock.pass(FIVE_MINUTES);
        scene.policies.down = true;
        try (FederationFeature restarted = restarted()) {
            restarted.start();

            assertThat(restarted.guard().interests(Point.LEAVING)).isNotZero();
            assertThat(restarted.services().sessions().get())
                    .singleElement()
                    .satisfies(session -> assertThat(session.standing().name()).isEqualTo("WOULD_BE_REFUSED"));

            scene.clock.pass(Duration.ofSeconds(10));
            scene.policies.down = false;
            await().untilAsserted(() -> {
                scene.clock.pass(Duration.ofSeconds(10));
                assertThat(row().mode()).isEqualTo(Mode.OBSERVE);
            });
        }
    }

    @Test
    void aRestartBeforeItsTimeIsOverLeavesItPending() throws SQLException {
        enforceForFiveMinutes();
        scene.clock.pass(Duration.ofMinutes(4));
        try (FederationFeature restarted = restarted()) {
            restarted.start();
            assertThat(restarted.services().commits().pending().until())
                    .isEqualTo(scene.clock.instant().plus(Duration.ofMinutes(1)).truncatedTo(ChronoUnit.MILLIS));
            assertThat(restarted.services().sessions().get())
                    .singleElement()
                    .satisfies(session -> assertThat(session.standing().name()).isEqualTo("REFUSED"));

            scene.clock.pass(Duration.ofMinutes(1));

            await().untilAsserted(() -> assertThat(row().mode()).isEqualTo(Mode.OBSERVE));
        }
    }

    private FederationFeature restarted() {
        return new FederationFeature(
                scene.host,
                scene.settings,
                scene.policies,
                scene.audit::add,
                scene.counters,
                scene.health,
                scene.clock,
                scene.records);
    }

    @Test
    void anEnforcedRuleThatWasTightenedIsEnforcedAsItWasBefore() throws SQLException {
        scene.rule(Mode.ENFORCE, "{\"peers\":[\"*\"],\"certificate\":\"none\"}");
        assertThat(commits.begin(List.of(change(Mode.ENFORCE, Scene.EVERYBODY)), false, FIVE_MINUTES, "admin"))
                .isTrue();
        scene.policy.reload();
        assertThat(passes()).isFalse();

        scene.clock.pass(FIVE_MINUTES);
        second();

        assertThat(passes()).isTrue();
        assertThat(row().mode()).isEqualTo(Mode.ENFORCE);
        assertThat(row().body()).contains("\"none\"");
    }

    @Test
    void aNewRuleIsOffAgain() throws SQLException {
        scene.settings.set(FederationSettings.MODE, Mode.ENFORCE);
        assertThat(commits.begin(List.of(change(Mode.ENFORCE, Scene.EVERYBODY)), false, FIVE_MINUTES, "admin"))
                .isTrue();
        scene.policy.reload();
        assertThat(passes()).isFalse();

        scene.clock.pass(FIVE_MINUTES);
        second();

        assertThat(passes()).isTrue();
        assertThat(row().mode()).isEqualTo(Mode.OFF);
    }

    @Test
    void theGuardsModeGoesBackToo() throws SQLException {
        scene.rule(Mode.ENFORCE);
        scene.settings.set(FederationSettings.MODE, Mode.OBSERVE);
        assertThat(commits.begin(List.of(), true, FIVE_MINUTES, "admin")).isTrue();
        scene.policy.reload();
        assertThat(scene.settings.get(FederationSettings.MODE)).isEqualTo(Mode.ENFORCE);
        assertThat(passes()).isFalse();

        scene.clock.pass(FIVE_MINUTES);
        second();

        assertThat(passes()).isTrue();
        assertThat(scene.settings.get(FederationSettings.MODE)).isEqualTo(Mode.OBSERVE);
    }

    @Test
    void aModeThatSomebodySetMeanwhileIsLeftAlone() throws SQLException {
        scene.rule(Mode.ENFORCE);
        scene.settings.set(FederationSettings.MODE, Mode.OBSERVE);
        assertThat(commits.begin(List.of(), true, FIVE_MINUTES, "admin")).isTrue();
        scene.settings.set(FederationSettings.MODE, Mode.OFF);

        scene.clock.pass(FIVE_MINUTES);
        second();

        assertThat(scene.settings.get(FederationSettings.MODE)).isEqualTo(Mode.OFF);
    }

    @Test
    void aRuleThatSomebodyChangedMeanwhileIsLeftAlone() throws SQLException {
        enforceForFiveMinutes();
        String other = Scene.body(",\"note\":\"mine\"");
        scene.policies.put(Scene.RULE, Mode.ENFORCE, other);

        scene.clock.pass(FIVE_MINUTES);
        second();

        assertThat(row().body()).isEqualTo(other);
        assertThat(row().mode()).isEqualTo(Mode.ENFORCE);
        assertThat(commits.pending()).isNull();
    }

    @Test
    void oneChangeWaitsAtATimeAndTheNextAfterIt() throws SQLException {
        enforceForFiveMinutes();

        assertThat(commits.begin(List.of(), true, FIVE_MINUTES, "other")).isFalse();
        assertThat(commits.confirm("admin")).isTrue();
        scene.settings.set(FederationSettings.MODE, Mode.OBSERVE);
        assertThat(commits.begin(List.of(), true, FIVE_MINUTES, "other")).isTrue();
    }

    @Test
    void aChangeThatCannotBeKeptForUndoingIsRefused() throws SQLException {
        String large = Scene.body(",\"note\":\"" + "x".repeat(400) + "\"");
        List<PolicyChange> changes = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            RuleId rule = new RuleId("federation.r" + i);
            scene.policies.put(rule, Mode.OBSERVE, large);
            changes.add(new PolicyChange(rule, 1, Mode.ENFORCE, Scene.EVERYBODY));
        }

        assertThatThrownBy(() -> commits.begin(changes, false, FIVE_MINUTES, "admin"))
                .isInstanceOf(IllegalArgumentException.class);

        assertThat(scene.policies.of("federation")).allMatch(row -> row.mode() == Mode.OBSERVE);
        assertThat(commits.pending()).isNull();
    }

    @Test
    void whatStandsInForAGuardThatCannotStartOpensToo() throws SQLException {
        ClosedFederation closed = new ClosedFederation(scene.settings, scene.policies, scene.clock);
        enforceForFiveMinutes();
        assertThat(closed.interests(Point.LEAVING) & Interest.TO_PEER).isNotZero();

        scene.clock.pass(FIVE_MINUTES);

        assertThat(closed.interests(Point.LEAVING)).isZero();
    }

    @Test
    void aRowThatCannotBeReadUndoesNothing() throws SQLException {
        enforceForFiveMinutes();
        scene.policies.put(PolicyRows.COMMIT, Mode.ENFORCE, "{\"until\":\"soon\"}");
        scene.clock.pass(FIVE_MINUTES);
        second();

        assertThat(commits.pending()).isNull();
        assertThat(passes()).isFalse();
    }
}
