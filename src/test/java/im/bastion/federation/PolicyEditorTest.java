// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import im.bastion.federation.ImportPlan.Kind;
import im.bastion.federation.ImportPlan.Step;
import im.bastion.federation.policy.Preset;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import im.bastion.store.PolicyRow;
import java.sql.SQLException;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PolicyEditorTest {
    private static final RuleId PARTNERS = new RuleId("federation.partners");
    private final FakePolicies policies = new FakePolicies();
    private final PolicyEditor editor = new PolicyEditor(policies, "home.test"::equals);

    private static void take(PolicyEditor editor, FakePolicies policies, String file) throws SQLException {
        var unused = policies.changeAll(editor.changes(file, editor.plan(file).basis()), "admin");
    }

    @Test
    void aDryRunSaysWhatWouldChangeAndChangesNothing() {
        policies.put(Scene.RULE, Mode.ENFORCE, Scene.body(",\"direction\":\"out\""));
        policies.put(PARTNERS, Mode.ENFORCE, "{\"peers\":[\"a.test\"],\"certificate\":\"valid\"}");

        ImportPlan plan = editor.plan(Preset.RFC_7590.text());

        assertThat(plan.faults()).isEmpty();
        assertThat(plan.steps())
                .extracting(Step::rule, Step::kind, Step::before, Step::after)
                .containsExactly(
                        tuple(Scene.RULE, Kind.CHANGED, Mode.ENFORCE, Mode.OBSERVE),
                        tuple(PARTNERS, Kind.RETIRED, Mode.ENFORCE, Mode.OFF));
        assertThat(plan.steps().get(0).difference())
                .contains("certificate \"valid\" to \"encrypted\"", "direction \"out\" to \"both\"");
        assertThat(policies.of("federation")).allMatch(row -> row.version() == 1);
    }

    @Test
    void aFileBecomesThePolicyAndTheSameFileChangesNothingMore() throws SQLException {
        policies.put(PARTNERS, Mode.ENFORCE, "{\"peers\":[\"a.test\"],\"certificate\":\"valid\"}");
        String file = Preset.BCP_195.text();

        take(editor, policies, file);

        assertThat(policies.of("federation"))
                .extracting(PolicyRow::rule, PolicyRow::mode)
                .containsExactly(tuple(Scene.RULE, Mode.OBSERVE), tuple(PARTNERS, Mode.OFF));
        assertThat(editor.plan(file).steps()).isEmpty();
    }

    @Test
    void whatIsExportedCanBeTakenOverElsewhere() throws SQLException {
        policies.put(Scene.RULE, Mode.ENFORCE, Scene.EVERYBODY);
        policies.put(PARTNERS, Mode.OFF, "{\"peers\":[\"a.test\"],\"certificate\":\"valid\",\"note\":\"x\"}");
        String file = editor.export();
        FakePolicies others = new FakePolicies();
        PolicyEditor elsewhere = new PolicyEditor(others, domain -> false);

        take(elsewhere, others, file);

        assertThat(elsewhere.export()).isEqualTo(file);
        assertThat(editor.plan(file).steps()).isEmpty();
    }

    @Test
    void aFileWithAFaultChangesNothing() {
        String file = Preset.BCP_195.text().replace("\"valid\"", "\"fine\"");

        assertThat(editor.plan(file).faults()).hasSize(1);
        assertThatThrownBy(() -> editor.changes(file, "")).isInstanceOf(IllegalArgumentException.class);
        assertThat(policies.of("federation")).isEmpty();
    }

    @Test
    void nothingIsTakenOverWhenThePolicyHasMovedSinceTheDryRun() throws SQLException {
        String file = Preset.BCP_195.text();
        String basis = editor.plan(file).basis();
        policies.put(PARTNERS, Mode.OBSERVE, "{\"peers\":[\"a.test\"],\"certificate\":\"valid\"}");

        assertThat(editor.changes(file, basis)).isNull();
        assertThat(policies.of("federation")).hasSize(1);
    }

    @Test
    void aRuleIsCheckedBesideTheOthersButNotBesideItsOwnVersionBefore() {
        policies.put(Scene.RULE, Mode.ENFORCE, Scene.EVERYBODY);

        assertThat(editor.fault(draft(Scene.RULE, Scene.EVERYBODY))).isNull();
        assertThat(editor.fault(draft(PARTNERS, Scene.EVERYBODY)))
                .contains("federation.partners", "peers[0]", "contradicts rule federation.everybody");
        assertThat(editor.fault(draft(PARTNERS, "{\"peers\":[\"home.test\"],\"certificate\":\"valid\"}")))
                .contains("this server's own");
    }

    private static PolicyRow draft(RuleId rule, String body) {
        return new PolicyRow(rule, 2, Mode.ENFORCE, body, "admin", Instant.EPOCH);
    }
}
