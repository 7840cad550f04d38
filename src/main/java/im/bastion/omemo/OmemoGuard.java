// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.gate.Guard;
import im.bastion.gate.Interest;
import im.bastion.gate.Passage;
import im.bastion.host.Point;
import im.bastion.policy.FailMode;
import im.bastion.policy.Mode;
import im.bastion.policy.Verdict;
import org.xmpp.packet.IQ;

/** The guard's face to the gate: which stanzas it wants, and which part of it looks at them. Thread-safe. */
final class OmemoGuard implements Guard {
    private final OwnerRequests requests;
    private final PublishAnswers answers;
    private final AwaitedPublishes awaited;
    private volatile Policy policy = new Policy(Mode.OFF, 1, null);

    /**
     * What is in force.
     *
     * @param features null unless the mode is ENFORCE
     */
    record Policy(Mode mode, int maxItems, PepFeatures features) {}

    OmemoGuard(OwnerRequests requests, PublishAnswers answers, AwaitedPublishes awaited) {
        this.requests = requests;
        this.answers = answers;
        this.awaited = awaited;
    }

    void apply(Policy newPolicy) {
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
        Policy now = policy;
        return switch (point) {
            case ENTERING -> now.mode() == Mode.OFF ? 0 : Interest.PEP;
            // What was taken in is seen through, even when the mode has changed since.
            case DELIVERING ->
                (awaited.isEmpty() ? 0 : Interest.ANSWER) | (now.mode() == Mode.ENFORCE ? Interest.DISCO : 0);
            case HANDLED, LEAVING -> 0;
        };
    }

    @Override
    public Verdict judge(Passage passage) {
        Policy now = policy;
        if (passage.point() == Point.ENTERING) {
            return requests.enter(passage, now.mode(), now.maxItems());
        }
        if (passage.is(Interest.ANSWER)) {
            answers.deliver(passage);
        }
        if (passage.is(Interest.DISCO) && now.features() != null && passage.stanza() instanceof IQ answer) {
            now.features().complete(answer);
        }
        return Verdict.PASS;
    }
}
