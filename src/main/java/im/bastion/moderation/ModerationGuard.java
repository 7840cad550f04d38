// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation;

import im.bastion.gate.Guard;
import im.bastion.gate.Interest;
import im.bastion.gate.Passage;
import im.bastion.host.Point;
import im.bastion.host.Rooms;
import im.bastion.metric.Counters;
import im.bastion.moderation.book.ModerationRules;
import im.bastion.moderation.book.RuleBook;
import im.bastion.moderation.consequence.Consequences;
import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.event.RoomEvents;
import im.bastion.moderation.event.Sender;
import im.bastion.moderation.event.Senders;
import im.bastion.moderation.rule.Hit;
import im.bastion.policy.FailMode;
import im.bastion.policy.Mode;
import im.bastion.policy.Verdict;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Sees what is on its way to a room, has it judged, and has the consequences drawn. */
final class ModerationGuard implements Guard {
    static final String NAME = "moderation";

    private final Rooms rooms;
    private final Senders senders;
    private final ModerationEngine engine;
    private final Consequences live;
    private final Consequences simulated;
    private final AtomicLong keys = new AtomicLong();
    private final InstantSource clock;
    private final LongAdder judged;
    private final LongAdder cutOff;
    private volatile Mode mode = Mode.OFF;
    private volatile RuleBook book = RuleBook.of(ModerationRules.ALL);

    ModerationGuard(
            Rooms rooms, Senders senders, ModerationEngine engine, Consequences live, Consequences simulated, Counters counters, InstantSource clock) {
        this.clock = clock;
        this.rooms = rooms;
        this.senders = senders;
        this.engine = engine;
        this.live = live;
        this.simulated = simulated;
        this.judged = counters.counter("moderation.judged");
        this.cutOff = counters.counter("moderation.cut-off");
    }

    /** From now on goes at most this far. */
    void use(Mode ceiling) {
        this.mode = ceiling;
    }

    /** From now on judges by these rules. */
    void use(RuleBook rules) {
        this.book = rules;
    }

    RuleBook book() {
        return book;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public FailMode failMode() {
        return FailMode.OPEN;
    }

    @Override
    public int interests(Point point) {
        boolean idle =
                point != Point.ENTERING || mode == Mode.OFF || book.rules().isEmpty();
        return idle ? 0 : Interest.ROOM;
    }

    @Override
    public Verdict judge(Passage passage) {
        // A room's own copies to its occupants are of this class too; they have been judged on their way in.
        if (passage.to() == null
                || !rooms.serviceDomains().contains(passage.to().getDomain())) {
            return Verdict.PASS;
        }
        RoomEvent event = RoomEvents.of(
                keys.incrementAndGet(),
                passage.stanza(),
                passage.sender(),
                passage.to(),
                clock.millis(),
                System.nanoTime());
        if (event == null) {
            return Verdict.PASS;
        }
        judged.increment();
        if (event.cutOff()) {
            cutOff.increment();
        }
        Verdict verdict = Verdict.PASS;
        Sender sender = senders.of(event);
        for (Hit hit : engine.judge(event, sender, book.rules(), mode)) {
            verdict = (hit.mode() == Mode.ENFORCE ? live : simulated).draw(event, hit);
        }
        return verdict;
    }
}
