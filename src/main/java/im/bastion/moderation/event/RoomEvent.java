// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.event;

import java.util.List;
import org.xmpp.packet.JID;

/**
 * Something somebody does in a room, read once from its stanza for all rules.
 *
 * @param key a number of this node's own, by which what was let through can be found again
 * @param room the room's bare JID
 * @param sender the full JID behind the nickname
 * @param kind what it is
 * @param nickname the nickname asked for with JOIN and NICK_CHANGE, the addressed one with what goes to one occupant;
 *     else empty
 * @param texts what others would read, in the order of the stanza, within the limits of {@link RoomEvents}
 * @param shape what can be said of it without reading
 * @param atMillis wall-clock time, milliseconds since the epoch: for what people are told and for what is stored
 * @param nanos monotonic time: for rates, which no clock step may upset
 * @param cutOff whether there was more text than the limits let through
 */
public record RoomEvent(
        long key,
        JID room,
        JID sender,
        Kind kind,
        String nickname,
        List<RoomText> texts,
        Shape shape,
        long atMillis,
        long nanos,
        boolean cutOff) {
    /** The kinds of events. */
    public enum Kind {
        /** To everybody in the room (XEP-0045 §7.4). */
        MESSAGE,
        /** To one occupant (XEP-0045 §7.5). */
        PRIVATE_MESSAGE,
        /** The room's subject (XEP-0045 §8.1): a groupchat message with a subject and without a body. */
        SUBJECT,
        /** To everybody, but nothing to read: chat states, markers, reactions without text. */
        SIGNAL,
        /** Entering the room (XEP-0045 §7.2), told by {@code <x xmlns='http://jabber.org/protocol/muc'/>} or not inside. */
        JOIN,
        /** Another nickname (XEP-0045 §7.6). */
        NICK_CHANGE,
        /** Another availability or status text (XEP-0045 §7.7). */
        STATUS,
        /** Leaving the room. Never refused. */
        LEAVE,
        /** An invitation, mediated (XEP-0045 §7.8.2) or direct (XEP-0249), or its decline. */
        INVITATION,
        /** Asking for voice (XEP-0045 §7.13). */
        VOICE_REQUEST,
        /** An IQ to an occupant, which the room passes on to a client. */
        QUERY
    }

    /** The same event, known to be of another kind. */
    public RoomEvent as(Kind other) {
        return new RoomEvent(key, room, sender, other, nickname, texts, shape, atMillis, nanos, cutOff);
    }

    /** Whether it is content that everybody in the room would read. */
    public boolean isSaid() {
        return kind == Kind.MESSAGE || kind == Kind.SUBJECT;
    }
}
