// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.consequence;

import im.bastion.metric.Counters;
import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.rule.Hit;
import im.bastion.policy.Mode;
import im.bastion.policy.Verdict;
import java.util.concurrent.atomic.LongAdder;

/** Consequences that are only written down: everything is delivered. */
public final class SimulatedConsequences implements Consequences {
    private final IncidentLog log;
    private final LongAdder wouldRefuse;

    public SimulatedConsequences(IncidentLog log, Counters counters) {
        this.log = log;
        this.wouldRefuse = counters.counter("moderation.would-refuse");
    }

    @Override
    public Verdict draw(RoomEvent event, Hit hit) {
        wouldRefuse.increment();
        log.refused(event, hit, Mode.OBSERVE);
        return Verdict.PASS;
    }
}
