// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.gate.Guard;
import im.bastion.gate.Passage;
import im.bastion.host.Point;
import im.bastion.policy.FailMode;
import im.bastion.policy.Verdict;
import java.util.List;

/** The guard's face to the gate: asks its steps in their order, all of them under one policy. Thread-safe. */
final class OmemoGuard implements Guard {
    private final OmemoStep[] steps;
    private volatile OmemoPolicy policy = OmemoPolicy.OFF;

    OmemoGuard(List<OmemoStep> steps) {
        this.steps = steps.toArray(OmemoStep[]::new);
    }

    void apply(OmemoPolicy newPolicy) {
        policy = newPolicy;
    }

    @Override
    public String name() {
        return OmemoRecord.PART;
    }

    @Override
    public FailMode failMode() {
        return FailMode.OPEN;
    }

    @Override
    public int interests(Point point) {
        OmemoPolicy now = policy;
        int interests = 0;
        for (OmemoStep step : steps) {
            interests |= step.interests(point, now);
        }
        return interests;
    }

    @Override
    public Verdict judge(Passage passage) {
        OmemoPolicy now = policy;
        for (OmemoStep step : steps) {
            if (passage.is(step.interests(passage.point(), now))) {
                Verdict verdict = step.judge(passage, now);
                if (verdict != Verdict.PASS) {
                    return verdict;
                }
            }
        }
        return Verdict.PASS;
    }
}
