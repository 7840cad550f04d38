// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation;

import im.bastion.gate.Guard;
import im.bastion.gate.Interest;
import im.bastion.gate.Passage;
import im.bastion.host.Point;
import im.bastion.host.Rooms;
import im.bastion.metric.Counters;
import im.bastion.moderation.archive.PassedEvents;
import im.bastion.moderation.archive.RoomIds;
import im.bastion.moderation.book.RuleBook;
import im.bastion.moderation.consequence.Consequences;
import im.bastion.moderation.desk.Reports;
import im.bastion.moderation.event.RoomEvent;
import im.bastion.moderation.event.RoomEvent.Kind;
import im.bastion.moderation.event.RoomEvents;
import im.bastion.moderation.event.RoomText;
import im.bastion.moderation.event.Sender;
import im.bastion.moderation.event.Senders;
import im.bastion.moderation.limit.Holds;
import im.bastion.moderation.limit.SeenPeople;
import im.bastion.moderation.reputation.FollowedLists;
import im.bastion.moderation.rule.Hit;
import im.bastion.moderation.sanction.Sanction;
import im.bastion.moderation.sanction.Sanctions;
import im.bastion.policy.FailMode;
import im.bastion.policy.Mode;
import im.bastion.policy.Refusal;
import im.bastion.policy.RuleId;
import im.bastion.policy.Verdict;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;
import org.xmpp.packet.Presence;

/** Sees what is on its way to a room, has it judged, and has the consequences drawn. */
final class ModerationGuard implements Guard {
    static final String NAME = "moderation";

    private static final RuleId MUTED = new RuleId("moderation.muted");
    /**
     * The stanza that entered last on this thread, and its event's key: when the host has handled it, it carries the id
     * its room gave it. Classes of the platform alone, because threads outlive the plugin.
     */
    private static final ThreadLocal<Object[]> ENTERED = new ThreadLocal<>();

    /** What a passage meets on its way, in this order. */
    record Stations(
            Rooms rooms,
            RoomIds ids,
            RoomDesk desk,
            Senders senders,
            Sanctions sanctions,
            ModerationEngine engine,
            Consequences live,
            Consequences simulated,
            Holds holds,
            SeenPeople people,
            PassedEvents passed,
            Reports reports,
            FollowedLists lists) {}

    private static final Refusal NOT_INVITED = new Refusal(
            new RuleId("moderation.not-invited"),
            "forbidden",
            "auth",
            "You have not been invited to this room, or the server was restarted since.");

    private final Stations stations;
    private final Invitations invitations = new Invitations();
    private final InstantSource clock;
    private final AtomicLong keys = new AtomicLong();
    private final LongAdder judged;
    private final LongAdder cutOff;
    private volatile Mode mode = Mode.OFF;
    private volatile RuleBook book;

    ModerationGuard(Stations stations, RuleBook book, Counters counters, InstantSource clock) {
        this.stations = stations;
        this.book = book;
        this.clock = clock;
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

    Mode mode() {
        return mode;
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
        if (mode == Mode.OFF) {
            return 0;
        }
        return switch (point) {
            case ENTERING ->
                Interest.ROOM
                        | Interest.BLOCK
                        | Interest.INVITATION
                        | (stations.lists().isFollowing() ? Interest.PEP_EVENT : 0);
            case HANDLED -> Interest.ROOM;
            case DELIVERING, LEAVING -> Interest.ROOM_IQ;
        };
    }

    @Override
    public Verdict judge(Passage passage) {
        return switch (passage.point()) {
            case ENTERING -> entering(passage);
            case HANDLED -> handled(passage.stanza());
            case DELIVERING, LEAVING -> delivering(passage);
        };
    }

    private Verdict entering(Passage passage) {
        JID sender = passage.sender();
        if (sender == null) {
            return Verdict.PASS;
        }
        JID to = passage.to();
        // What a room answers or passes on to one of its occupants is of this class too.
        if (to != null && stations.rooms().serviceDomains().contains(to.getDomain())) {
            return toRoom(passage, sender, to);
        }
        if (passage.is(Interest.INVITATION) && passage.stanza() instanceof Message invitation) {
            return invited(invitation, sender);
        }
        if (passage.is(Interest.BLOCK) && passage.stanza() instanceof IQ block && block.getType() == IQ.Type.set) {
            stations.reports().note(block, sender);
        }
        boolean listed = passage.is(Interest.PEP_EVENT)
                && passage.stanza() instanceof Message event
                && stations.lists().accept(event);
        return listed ? Verdict.SWALLOW : Verdict.PASS;
    }

    private Verdict toRoom(Passage passage, JID sender, JID to) {
        Packet stanza = passage.stanza();
        if (stanza instanceof IQ request && to.getResource() == null) {
            boolean asks = request.getType() == IQ.Type.get || request.getType() == IQ.Type.set;
            Verdict verdict = asks ? stations.desk().answer(request, sender, to) : null;
            return verdict == null ? Verdict.PASS : verdict;
        }
        RoomEvent read = RoomEvents.of(keys.incrementAndGet(), stanza, sender, to, clock.millis(), System.nanoTime());
        if (read == null) {
            if (stanza instanceof Presence error && error.getType() == Presence.Type.error) {
                PresenceWords.reduceToError(error);
            }
            return Verdict.PASS;
        }
        if (!(stanza instanceof IQ)) {
            stations.ids().stamp(stanza, read.room(), sender);
        }
        Sender by = stations.senders().of(read);
        RoomEvent event = told(read, by);
        Verdict verdict = judge(event, stanza, by);
        if (verdict == Verdict.PASS) {
            passed(event, stanza);
        }
        return verdict;
    }

    /** An invitation that does not go through its room is judged as if it did. */
    private Verdict invited(Message invitation, JID sender) {
        // Through a room, it has been judged on its way in.
        boolean isRooms = stations.rooms().serviceDomains().contains(sender.getDomain());
        RoomEvent event = isRooms
                ? null
                : RoomEvents.invitation(keys.incrementAndGet(), invitation, sender, clock.millis(), System.nanoTime());
        return event == null || !stations.rooms().exists(event.room())
                ? Verdict.PASS
                : judge(event, invitation, stations.senders().of(event));
    }

    /** What a presence means depends on whether its sender is inside, and as whom. */
    private static RoomEvent told(RoomEvent event, Sender sender) {
        if (event.kind() == Kind.STATUS) {
            if (!sender.isInside()) {
                return event.as(Kind.JOIN);
            }
            return sender.nickname().equals(event.nickname()) ? event : event.as(Kind.NICK_CHANGE);
        }
        // Asking again to come in shows the history again; under another name it is a change of the name.
        boolean isRenamed = event.kind() == Kind.JOIN
                && sender.isInside()
                && !sender.nickname().equals(event.nickname());
        return isRenamed ? event.as(Kind.NICK_CHANGE) : event;
    }

    private Verdict judge(RoomEvent event, Packet stanza, Sender sender) {
        if (event.kind() == Kind.LEAVE && event.texts().isEmpty()) {
            return Verdict.PASS;
        }
        judged.increment();
        if (event.cutOff()) {
            cutOff.increment();
        }
        Sanction mute = stations.sanctions().muteOf(event.room(), sender.bareJid());
        if (mute != null && !sender.isExempt()) {
            if (speaks(event)) {
                return Verdict.reject(muted(mute));
            }
            if (stanza instanceof Presence) {
                PresenceWords.removeStatus(stanza);
            }
        }
        if (mode == Mode.ENFORCE
                && event.kind() == Kind.INVITATION
                && invitations.isForgedDecline(stanza, event.room(), event.sender())) {
            return Verdict.reject(NOT_INVITED);
        }
        Verdict verdict = Verdict.PASS;
        for (Hit hit : stations.engine().judge(event, sender, book.candidates(event), mode)) {
            Consequences consequences = hit.mode() == Mode.ENFORCE ? stations.live() : stations.simulated();
            verdict = consequences.draw(event, stanza, hit);
        }
        if (event.kind() == Kind.LEAVE && verdict != Verdict.PASS) {
            // Whoever wants to may leave, but not with these words.
            PresenceWords.removeStatus(stanza);
            return Verdict.PASS;
        }
        boolean waitsBehind =
                verdict == Verdict.PASS && event.isSaid() && stations.holds().isHolding(event);
        return waitsBehind && stations.holds().follow(event, stanza) == Holds.Held.WAITING ? Verdict.SWALLOW : verdict;
    }

    private static boolean speaks(RoomEvent event) {
        return switch (event.kind()) {
            case MESSAGE, PRIVATE_MESSAGE, SUBJECT, INVITATION, NICK_CHANGE, VOICE_REQUEST, QUERY -> true;
            case SIGNAL -> event.shape().reactions() > 0;
            case STATUS -> event.texts().stream().anyMatch(text -> text.part() == RoomText.Part.STATUS);
            case JOIN, LEAVE -> false;
        };
    }

    private static Refusal muted(Sanction mute) {
        String until = mute.until() == null ? "" : " until " + mute.until() + " (UTC)";
        String reference = mute.reference().isEmpty() ? mute.id() : mute.reference();
        return new Refusal(
                mute.rule() == null ? MUTED : mute.rule(),
                "forbidden",
                "auth",
                "You cannot speak in this room" + until + ": " + mute.reason() + " (reference " + reference
                        + "). The room's command \"Appeal\" takes this reference.");
    }

    private void passed(RoomEvent event, Packet stanza) {
        stations.people().seen(event);
        if (event.kind() == Kind.INVITATION) {
            invitations.passed(stanza, event.room());
        }
        if (event.isSaid()) {
            stations.passed()
                    .passed(
                            event,
                            RoomIds.stanzaId(stanza.getElement(), event.room().toString()));
            ENTERED.set(new Object[] {stanza, event.key(), event.room().toString()});
        }
    }

    /** What was held back has reached its room. */
    void delivered(RoomEvent event, Packet stanza) {
        stations.people().seen(event);
        stations.passed()
                .passed(
                        event,
                        RoomIds.stanzaId(stanza.getElement(), event.room().toString()));
    }

    /** Before it is handled itself, the host handles the room's copies of it on the same thread. */
    private Verdict handled(Packet stanza) {
        Object[] entered = ENTERED.get();
        if (entered != null && entered[0] == stanza) {
            ENTERED.remove();
            String stanzaId = RoomIds.stanzaId(stanza.getElement(), (String) entered[2]);
            if (!stanzaId.isEmpty()) {
                stations.passed().learn((Long) entered[1], stanzaId);
            }
        }
        return Verdict.PASS;
    }

    private Verdict delivering(Passage passage) {
        if (passage.stanza() instanceof IQ) {
            stations.desk().amend(passage);
        }
        return Verdict.PASS;
    }
}
