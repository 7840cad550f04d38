// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.consequence;

import im.bastion.metric.Counters;
import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.rule.Hit;
import im.bastion.policy.Mode;
import im.bastion.policy.Refusal;
import im.bastion.policy.Verdict;
import java.util.concurrent.atomic.LongAdder;

/** Consequences that happen. */
public final class LiveConsequences implements Consequences {
    private final IncidentLog log;
    private final LongAdder refused;

    public LiveConsequences(IncidentLog log, Counters counters) {
        this.log = log;
        this.refused = counters.counter("moderation.refused");
    }

    @Override
    public Verdict draw(RoomEvent event, Hit hit) {
        refused.increment();
        String reference = log.refused(event, hit, Mode.ENFORCE);
        String text = "Your message was not delivered: " + hit.claim() + " (rule " + hit.active().id() + ", reference "
                + reference + "). If you think this is a mistake, tell a moderator of the room this reference.";
        return Verdict.reject(Refusal.policyViolation(hit.active().id(), text));
    }
}
