// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.consequence;

import im.bastion.metric.Counters;
import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.rule.Hit;
import im.bastion.moderation.rule.Remedy;
import im.bastion.policy.Mode;
import im.bastion.policy.Refusal;
import im.bastion.policy.Verdict;
import java.util.concurrent.atomic.LongAdder;
import org.xmpp.packet.Packet;

/** Consequences that happen. */
public final class LiveConsequences implements Consequences {
    private final Files files;
    private final Aftermath aftermath;
    private final LongAdder refused;
    private final LongAdder held;

    public LiveConsequences(Files files, Aftermath aftermath, Counters counters) {
        this.files = files;
        this.aftermath = aftermath;
        this.refused = counters.counter("moderation.refused");
        this.held = counters.counter("moderation.held");
    }

    @Override
    public Verdict draw(RoomEvent event, Packet stanza, Hit hit) {
        String reference = files.file(event, hit, Mode.ENFORCE);
        if (!hit.finding().earlier().isEmpty()) {
            aftermath.retractEarlier(hit, reference);
        }
        Remedy remedy = hit.finding().remedy();
        if (remedy instanceof Remedy.Report) {
            return Verdict.PASS;
        }
        if (remedy instanceof Remedy.Hold hold) {
            held.increment();
            return switch (aftermath.hold(event, stanza, hold.delay())) {
                case WAITING -> Verdict.SWALLOW;
                case TOO_MANY_OF_ONE -> refused(event, hit, reference, "wait");
                case FULL -> Verdict.PASS;
            };
        }
        if (remedy.isStrike()) {
            aftermath.strike(event, hit, reference);
        }
        return refused(event, hit, reference, remedy instanceof Remedy.Wait ? "wait" : "modify");
    }

    private Verdict refused(RoomEvent event, Hit hit, String reference, String type) {
        refused.increment();
        String text = opening(event) + hit.claim() + " (rule " + hit.active().id() + ", reference " + reference
                + "). If you think this is a mistake, tell a moderator of the room this reference.";
        return Verdict.reject(new Refusal(hit.active().id(), "policy-violation", type, text));
    }

    private static String opening(RoomEvent event) {
        return switch (event.kind()) {
            case MESSAGE, PRIVATE_MESSAGE, SIGNAL, LEAVE -> "Your message was not delivered: ";
            case SUBJECT -> "The subject was not changed: ";
            case JOIN -> "You cannot enter the room now: ";
            case NICK_CHANGE -> "Your nickname was not changed: ";
            case STATUS -> "Your status was not shown to the room: ";
            case INVITATION -> "Your invitation was not delivered: ";
            case VOICE_REQUEST -> "Your request for voice was not delivered: ";
            case QUERY -> "Your request was not delivered: ";
        };
    }
}
