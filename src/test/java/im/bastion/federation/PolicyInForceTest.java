// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.host.Point;
import im.bastion.host.ServerSession.Direction;
import im.bastion.metric.Health;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PolicyInForceTest {
    private final Scene scene = new Scene();

    @AfterEach
    void close() {
        scene.close();
    }

    @Test
    void withoutRulesStanzasAreOnlyCountedAndWithTheGuardOffNotEvenThat() {
        scene.policy.reload();
        assertThat(scene.policy.current().polices(Direction.OUTGOING)).isFalse();
        assertThat(scene.guard.interests(Point.LEAVING)).isNotZero();
        assertThat(scene.guard.interests(Point.ENTERING)).isNotZero();

        scene.settings.set(FederationSettings.MODE, Mode.OFF);
        scene.policy.reload();
        assertThat(scene.guard.interests(Point.LEAVING)).isZero();
        assertThat(scene.guard.interests(Point.ENTERING)).isZero();
    }

    @Test
    void onlyTheDirectionsOfTheRulesAreJudged() {
        scene.rule(Mode.OBSERVE, Scene.body(",\"direction\":\"out\""));

        assertThat(scene.policy.current().polices(Direction.OUTGOING)).isTrue();
        assertThat(scene.policy.current().polices(Direction.INCOMING)).isFalse();
        assertThat(scene.guard.interests(Point.DELIVERING)).isZero();
    }

    @Test
    void aBrokenVersionLeavesTheLastGoodOneInForceAndIsReported() {
        scene.rule(Mode.ENFORCE, Scene.body(",\"direction\":\"out\""));
        scene.rule(Mode.ENFORCE, Scene.body(",\"direction\":\"sideways\""));

        assertThat(scene.policy.current().polices(Direction.OUTGOING)).isTrue();
        Health.Report report = scene.health.of("federation.policy");
        assertThat(report.state()).isEqualTo(Health.State.DEGRADED);
        assertThat(report.message())
                .contains("federation.everybody (version 2)", "direction", "version 1 stays in force");
    }

    @Test
    void aBrokenFirstVersionIsNotInForceAndIsReportedUntilItIsMended() {
        scene.rule(Mode.ENFORCE, "{\"peers\":3}");
        assertThat(scene.policy.current().polices(Direction.OUTGOING)).isFalse();
        assertThat(scene.health.of("federation.policy").message()).contains("it is not in force");

        scene.rule(Mode.ENFORCE);

        assertThat(scene.policy.current().polices(Direction.OUTGOING)).isTrue();
        assertThat(scene.health.of("federation.policy").state()).isEqualTo(Health.State.OK);
    }

    @Test
    void aRuleThatIsOffIsOffWhateverItsBody() {
        scene.rule(Mode.ENFORCE);
        scene.rule(Mode.OFF, "broken");

        assertThat(scene.policy.current().polices(Direction.OUTGOING)).isFalse();
        assertThat(scene.health.of("federation.policy").state()).isEqualTo(Health.State.OK);
    }

    @Test
    void aRuleThatCannotBeReadDoesNotKeepTheOthersFromWorking() {
        scene.policies.put(new RuleId("federation.later"), Mode.ENFORCE, "{}");
        scene.rule(Mode.ENFORCE);

        assertThat(scene.policy.current().polices(Direction.OUTGOING)).isTrue();
        assertThat(scene.health.of("federation.policy").message()).contains("federation.later");
    }

    @Test
    void theGuardsModeIsTheCeiling() {
        scene.rule(Mode.ENFORCE);
        scene.settings.set(FederationSettings.MODE, Mode.OFF);
        scene.policy.reload();

        assertThat(scene.policy.current().polices(Direction.OUTGOING)).isFalse();
    }
}
