// SPDX-License-Identifier: Apache-2.0
package im.bastion.calls;

import im.bastion.calls.jingle.Action;
import im.bastion.calls.jingle.Call;
import im.bastion.calls.jingle.Candidates;
import im.bastion.calls.jingle.Invitation;
import im.bastion.calls.jingle.Jingle;
import im.bastion.calls.media.MediaRule;
import im.bastion.calls.media.MediaRules;
import im.bastion.gate.Guard;
import im.bastion.gate.Interest;
import im.bastion.gate.Passage;
import im.bastion.host.Point;
import im.bastion.policy.FailMode;
import im.bastion.policy.Mode;
import im.bastion.policy.Verdict;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;
import org.dom4j.Element;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

/**
 * Follows calls through the stanzas that make them, judges their media when they are settled and hides where people are.
 * What passes through a room is seen once more on its way to the occupant: only then is it known who that is.
 */
final class CallsGuard implements Guard {
    static final String NAME = "calls";

    private final Supplier<CallsPolicy> policy;
    private final Parties parties;
    private final CallBook book;
    private final CallRefusals refusals;
    private final LongAdder hidden;
    private final InstantSource clock;

    /** @param hidden counts the candidates that were taken out */
    CallsGuard(
            Supplier<CallsPolicy> policy,
            Parties parties,
            CallBook book,
            CallRefusals refusals,
            LongAdder hidden,
            InstantSource clock) {
        this.policy = policy;
        this.parties = parties;
        this.book = book;
        this.refusals = refusals;
        this.hidden = hidden;
        this.clock = clock;
    }

    /** One request of a call as an account of this server sees it. */
    private record Request(Jingle jingle, JID from, JID to, boolean byOwn) {
        JID own() {
            return byOwn ? from : to;
        }

        JID other() {
            return byOwn ? to : from;
        }
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
        boolean looks = policy.get().mode() != Mode.OFF && (point == Point.ENTERING || point == Point.DELIVERING);
        return looks ? Interest.CALL : 0;
    }

    @Override
    public Verdict judge(Passage passage) {
        JID from = passage.sender();
        JID to = passage.to();
        if (from == null || to == null) {
            return Verdict.PASS;
        }
        if (passage.point() == Point.DELIVERING) {
            return parties.isInRoom(from) ? delivered(passage, from) : Verdict.PASS;
        }
        if (passage.stanza() instanceof IQ iq) {
            return entered(iq.getElement(), from, to, passage.client() != null);
        }
        if (passage.stanza() instanceof Message message
                && !"error".equals(message.getElement().attributeValue("type"))) {
            invited(Invitation.read(message.getElement()), from, to, passage.client() != null);
        }
        return Verdict.PASS;
    }

    private Verdict delivered(Passage passage, JID from) {
        Jingle jingle = passage.stanza() instanceof IQ iq ? Jingle.read(iq.getElement()) : null;
        if (jingle != null && passage.client() != null) {
            follow(new Request(jingle, from, passage.client(), false), clock.instant());
        }
        return Verdict.PASS;
    }

    private Verdict entered(Element iq, JID from, JID to, boolean fromClient) {
        Jingle jingle = Jingle.read(iq);
        boolean sentHere = fromClient && parties.isHere(from);
        boolean receivedHere = parties.isDevice(to);
        if (jingle == null || (!sentHere && !receivedHere)) {
            return Verdict.PASS;
        }
        Instant now = clock.instant();
        Request request = new Request(jingle, from, to, sentHere);
        if (parties.isPerson(from) && parties.isPerson(to)) {
            Verdict verdict = judged(request, now);
            if (verdict != Verdict.PASS) {
                return verdict;
            }
            if (sentHere && policy.get().hides(!parties.isHere(to))) {
                request = hide(iq, request);
            }
        }
        follow(request, now);
        if (sentHere && receivedHere) {
            follow(new Request(request.jingle(), from, to, false), now);
        }
        return Verdict.PASS;
    }

    private Verdict judged(Request request, Instant now) {
        JID other = request.other();
        Mode mode = policy.get().mediaWith(other.getDomain());
        if (mode == Mode.OFF) {
            return Verdict.PASS;
        }
        Call before = book.find(request.own(), other, request.jingle().sid());
        Call after = next(before, request, now);
        boolean whole = after.offered();
        MediaRule broken = MediaRules.broken(
                after, whole, request.jingle(), request.byOwn(), policy.get().visibleKeys());
        if (broken == null) {
            return Verdict.PASS;
        }
        Verdict verdict = refusals.of(broken, mode, request.jingle().sid(), request.from(), request.to(), now);
        if (verdict != Verdict.PASS) {
            end(request.from(), request.to(), request.jingle().sid());
        }
        return verdict;
    }

    /** Takes out of the request what tells where its sender is, and reads again what is left. */
    private Request hide(Element iq, Request request) {
        Call call = book.find(request.own(), request.other(), request.jingle().sid());
        int removed = 0;
        for (Element content : Jingle.element(iq).elements("content")) {
            String name = content.attributeValue("name", "");
            boolean media = request.jingle().contents().stream()
                            .anyMatch(each ->
                                    each.name().equals(name) && !each.media().isEmpty())
                    || (call != null && !call.part(name).media().isEmpty());
            if (media) {
                removed += Candidates.keepRelayed(content);
            }
        }
        if (removed == 0) {
            return request;
        }
        hidden.add(removed);
        return new Request(Jingle.read(iq), request.from(), request.to(), request.byOwn());
    }

    private void follow(Request request, Instant now) {
        Jingle jingle = request.jingle();
        if (jingle.action() == Action.SESSION_TERMINATE) {
            book.end(request.own(), request.other(), jingle.sid());
            return;
        }
        Call before = book.find(request.own(), request.other(), jingle.sid());
        // A session that was not heard from its beginning names nobody.
        if (before != null || jingle.action() == Action.SESSION_INITIATE) {
            book.keep(next(before, request, now));
        }
    }

    private static Call next(Call before, Request request, Instant now) {
        Call call = before != null
                ? before
                : Call.begun(request.jingle().sid(), request.own(), request.other(), !request.byOwn(), now);
        return call.after(request.jingle(), request.own(), request.other(), request.byOwn(), now);
    }

    /** Only what devices of this server say is followed: what others say to an account may be for nobody. */
    private void invited(Invitation invitation, JID from, JID to, boolean fromClient) {
        if (invitation == null || from.asBareJID().equals(to.asBareJID())) {
            return;
        }
        if (invitation.step() == Invitation.Step.END) {
            end(from, to, invitation.sid());
            return;
        }
        Instant now = clock.instant();
        boolean sentHere = fromClient && parties.isHere(from);
        if (sentHere) {
            follow(invitation, from, to, now);
        }
        Call known = parties.isHere(to) ? book.find(to, from, invitation.sid()) : null;
        if (known != null) {
            book.keep(known.after(invitation, known.own(), from, now));
        }
    }

    private void follow(Invitation invitation, JID own, JID other, Instant now) {
        Call before = book.find(own, other, invitation.sid());
        Call call = before != null
                ? before
                : Call.begun(invitation.sid(), own, other, invitation.step() != Invitation.Step.PROPOSE, now);
        book.keep(call.after(invitation, own, before == null ? other : before.other(), now));
    }

    private void end(JID from, JID to, String sid) {
        book.end(from, to, sid);
        book.end(to, from, sid);
    }
}
