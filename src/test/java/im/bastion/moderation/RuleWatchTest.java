// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import im.bastion.moderation.RuleWatch.Suspension;
import im.bastion.moderation.content.CapitalsRule;
import im.bastion.moderation.rule.ActiveRule;
import im.bastion.moderation.rule.ModerationRule;
import im.bastion.moderation.rule.RuleOutcome;
import im.bastion.policy.Mode;
import im.bastion.policy.RuleId;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

class RuleWatchTest {
    private static final RuleId ID = new RuleId("moderation.heavy");
    private static final int MANY = 3 * RuleWatch.PATIENCE;

    private final RuleWatch watch = new RuleWatch();
    private final List<Suspension> told = new ArrayList<>();

    RuleWatchTest() {
        watch.onSuspension(told::add);
    }

    @Test
    void aRuleThatWorksTooLongIsSwitchedOffAndReportedOnce() {
        ActiveRule heavy = rule(1, (event, sender) -> work(RuleWatch.BUDGET.toNanos() * 3 / 2));
        judge(heavy, RuleWatch.PATIENCE - 1);
        assertThat(watch.modeOf(heavy)).isEqualTo(Mode.ENFORCE);
        judge(heavy, 1);
        assertThat(watch.modeOf(heavy)).isEqualTo(Mode.OFF);
        judge(heavy, RuleWatch.PATIENCE);
        assertThat(told).singleElement().satisfies(one -> assertThat(one.why())
                .contains("ms for one event", "define it anew"));
    }

    @Test
    void aRuleThatOnlyHasToWaitForItsTurnStaysOn() {
        ActiveRule waiting = rule(1, (event, sender) -> rest(RuleWatch.BUDGET.toNanos() * 3 / 2));
        judge(waiting, MANY);
        assertThat(watch.modeOf(waiting)).isEqualTo(Mode.ENFORCE);
        assertThat(told).isEmpty();
    }

    @Test
    void aRuleThatStallsIsSwitchedOff() {
        ActiveRule stalling = rule(1, (event, sender) -> rest(RuleWatch.STALL.toNanos() * 11 / 10));
        judge(stalling, RuleWatch.PATIENCE);
        assertThat(watch.modeOf(stalling)).isEqualTo(Mode.OFF);
    }

    @Test
    void aRuleThatFailsFindsNothingAndIsSwitchedOffUntilItIsDefinedAnew() {
        ModerationRule broken = (event, sender) -> {
            throw new IllegalStateException("broken");
        };
        for (int i = 0; i < RuleWatch.PATIENCE; i++) {
            assertThat(watch.judge(rule(1, broken), null, null)).isEqualTo(RuleOutcome.NOT_APPLICABLE);
        }
        assertThat(watch.modeOf(rule(1, broken))).isEqualTo(Mode.OFF);
        assertThat(watch.modeOf(rule(2, broken))).isEqualTo(Mode.ENFORCE);
        assertThat(told).singleElement().satisfies(one -> assertThat(one.why()).contains("IllegalStateException"));
    }

    private void judge(ActiveRule active, int times) {
        for (int i = 0; i < times; i++) {
            watch.judge(active, null, null);
        }
    }

    private static ActiveRule rule(int version, ModerationRule rule) {
        return new ActiveRule(ID, CapitalsRule.TYPE, rule, null, version, Mode.ENFORCE);
    }

    private static RuleOutcome work(long nanos) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long end = threads.getCurrentThreadCpuTime() + nanos;
        while (threads.getCurrentThreadCpuTime() < end) {
            Thread.onSpinWait();
        }
        return RuleOutcome.PASS;
    }

    private static RuleOutcome rest(long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        return RuleOutcome.PASS;
    }
}
