// SPDX-License-Identifier: Apache-2.0
package im.bastion.gate;

import im.bastion.host.Point;
import im.bastion.host.Rooms;
import im.bastion.host.ServerSession;
import im.bastion.host.ServerSessions;
import im.bastion.host.Traffic;
import im.bastion.metric.Counters;
import im.bastion.policy.FailMode;
import im.bastion.policy.Refusal;
import im.bastion.policy.RuleId;
import im.bastion.policy.Verdict;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.xmpp.packet.JID;
import org.xmpp.packet.Packet;

/**
 * The one place where stanzas meet the guards. Most stanzas are of no class that a guard asked for and leave after a few
 * comparisons; the others are shown to the guards in their order until one does not let them pass. Thread-safe.
 */
public final class Gate implements Traffic.Watcher {
    private static final RuleId FAULT = new RuleId("gate.guard-failed");

    private final Guard[] guards;
    private final Classifier classifier;
    private final FaultLog faults;
    private final LongAdder judged;
    private final LongAdder stopped;

    /** @param guards in the order they are asked */
    public Gate(String domain, Rooms rooms, ServerSessions sessions, List<Guard> guards, Counters counters) {
        this.guards = guards.toArray(Guard[]::new);
        this.classifier = new Classifier(domain, rooms, sessions);
        this.faults = new FaultLog(counters, System::nanoTime);
        this.judged = counters.counter("gate.judged");
        this.stopped = counters.counter("gate.stopped");
    }

    @Override
    public Traffic.Stop look(Point point, Packet stanza, JID client, ServerSession peer) {
        try {
            if (classifier.isHandedOut(point, stanza, client != null)) {
                return null;
            }
            int wanted = 0;
            for (Guard guard : guards) {
                wanted |= guard.interests(point);
            }
            if (wanted == 0) {
                return null;
            }
            int classes = classifier.classify(point, stanza, client != null, wanted);
            return classes == 0 ? null : ask(point, stanza, client, peer, classes);
        } catch (Throwable e) {
            return unclassifiable(point, client, e);
        }
    }

    private Traffic.Stop ask(Point point, Packet stanza, JID client, ServerSession peer, int classes) {
        judged.increment();
        Passage passage = new Passage(point, stanza, stanza.getFrom(), stanza.getTo(), client, peer, classes);
        for (Guard guard : guards) {
            if ((guard.interests(point) & classes) != 0) {
                Traffic.Stop stop = ask(guard, passage);
                if (stop != null) {
                    stopped.increment();
                    return stop;
                }
            }
        }
        return null;
    }

    private Traffic.Stop ask(Guard guard, Passage passage) {
        Verdict verdict;
        try {
            verdict = guard.judge(passage);
        } catch (Throwable e) {
            // Errors too: the host would swallow them and let the stanza pass, whatever the fail mode.
            faults.report(guard.name(), e);
            if (guard.failMode() == FailMode.OPEN) {
                return null;
            }
            verdict = Verdict.reject(guardFailed(guard.name()));
        }
        if (verdict instanceof Verdict.Reject reject) {
            return Bounce.of(passage, reject.refusal());
        }
        if (verdict instanceof Verdict.Answer answer) {
            return new Traffic.Stop(answer.answer());
        }
        return verdict instanceof Verdict.Swallow ? Traffic.Stop.SILENTLY : null;
    }

    /** What cannot even be classified is stopped where a guard that fails closed might have wanted it. */
    private Traffic.Stop unclassifiable(Point point, JID client, Throwable fault) {
        faults.report(FaultLog.GATE, fault);
        for (Guard guard : guards) {
            if (client == null && mightStop(guard, point)) {
                stopped.increment();
                return Traffic.Stop.SILENTLY;
            }
        }
        return null;
    }

    private static boolean mightStop(Guard guard, Point point) {
        try {
            return guard.failMode() == FailMode.CLOSED && guard.interests(point) != 0;
        } catch (Throwable e) {
            // What a guard that cannot even say this would have done nobody knows.
            return true;
        }
    }

    private static Refusal guardFailed(String guard) {
        return new Refusal(
                FAULT,
                "internal-server-error",
                "wait",
                "The server could not check this stanza against its " + guard + " policy. Please try again later.");
    }
}
