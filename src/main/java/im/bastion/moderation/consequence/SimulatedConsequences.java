// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.consequence;

import im.bastion.metric.Counters;
import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.rule.Hit;
import im.bastion.policy.Mode;
import im.bastion.policy.Verdict;
import java.util.concurrent.atomic.LongAdder;
import org.xmpp.packet.Packet;

/** Consequences that are only written down: everything is delivered. */
public final class SimulatedConsequences implements Consequences {
    private final Files files;
    private final Aftermath aftermath;
    private final LongAdder wouldRefuse;

    public SimulatedConsequences(Files files, Aftermath aftermath, Counters counters) {
        this.files = files;
        this.aftermath = aftermath;
        this.wouldRefuse = counters.counter("moderation.would-refuse");
    }

    @Override
    public Verdict draw(RoomEvent event, Packet stanza, Hit hit) {
        wouldRefuse.increment();
        String reference = files.file(event, hit, Mode.OBSERVE);
        if (hit.finding().remedy().isStrike()) {
            aftermath.wouldStrike(event, hit, reference);
        }
        return Verdict.PASS;
    }
}
