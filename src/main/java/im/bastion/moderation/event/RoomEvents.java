// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.event;

import im.bastion.moderation.event.RoomEvent.Kind;
import java.util.Iterator;
import org.dom4j.Element;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;
import org.xmpp.packet.Presence;

/**
 * Reads events from stanzas on their way to a room. Of one stanza at most {@link #MAX_TEXTS} texts with {@link #MAX_CHARS}
 * UTF-16 units together are looked at, so that the work has a bound whatever is sent.
 */
public final class RoomEvents {
    /** How many texts of one stanza are looked at: there is one body for each language (RFC 6121 §5.2.3). */
    public static final int MAX_TEXTS = 64;
    /** How much text of one stanza is looked at, in UTF-16 units. */
    public static final int MAX_CHARS = 65_536;

    private static final String MUC = "http://jabber.org/protocol/muc";

    private RoomEvents() {}

    /**
     * The event of a stanza that is addressed to a room service, or null when it is none that rules judge: an error, an
     * answer, a request to the room itself, without sender, or not to a room.
     *
     * <p>A presence that neither enters nor leaves is a STATUS with the addressed nickname; whether that is another than
     * the sender has, the parser cannot know: see {@link RoomEvent#as}.
     *
     * @param key see {@link RoomEvent#key}
     * @param atMillis wall-clock time
     * @param nanos monotonic time
     */
    public static RoomEvent of(long key, Packet stanza, JID from, JID to, long atMillis, long nanos) {
        if (from == null || to == null || to.getNode() == null) {
            return null;
        }
        // By the attribute as it was sent, because the host's own reading of it throws on a type it does not know.
        String type = stanza.getElement().attributeValue("type", "");
        if (type.equals("error")) {
            return null;
        }
        Kind kind = kind(stanza, type, to);
        if (kind == null) {
            return null;
        }
        EventReader reader = new EventReader();
        if (kind == Kind.JOIN || kind == Kind.STATUS) {
            reader.nickname(to.getResource());
        }
        if (kind != Kind.QUERY) {
            reader.read(stanza.getElement());
        }
        Kind told = kind == Kind.MESSAGE ? reader.messageKind() : kind;
        String nickname = to.getResource() == null ? "" : to.getResource();
        return new RoomEvent(
                key,
                to.asBareJID(),
                from,
                told,
                nickname,
                reader.texts(),
                reader.shape(),
                atMillis,
                nanos,
                reader.isCutOff());
    }

    private static Kind kind(Packet stanza, String type, JID to) {
        boolean toOccupant = to.getResource() != null;
        if (stanza instanceof Message) {
            return messageKind(stanza.getElement(), type, toOccupant);
        }
        if (stanza instanceof Presence) {
            if (!toOccupant) {
                return type.equals("unavailable") ? Kind.LEAVE : null;
            }
            return switch (type) {
                case "unavailable" -> Kind.LEAVE;
                case "" -> has(stanza.getElement(), "x", MUC) ? Kind.JOIN : Kind.STATUS;
                default -> null;
            };
        }
        boolean request = type.equals("get") || type.equals("set");
        return stanza instanceof IQ && toOccupant && request ? Kind.QUERY : null;
    }

    private static Kind messageKind(Element message, String type, boolean toOccupant) {
        return switch (type) {
            // Also when it is addressed to an occupant: hosts change the subject by it all the same.
            case "groupchat" -> Kind.MESSAGE;
            case "headline" -> null;
            default -> toOccupant ? Kind.PRIVATE_MESSAGE : toRoom(message);
        };
    }

    /** What a message to the room itself that is not for everybody may be. */
    private static Kind toRoom(Element message) {
        Element user = child(message, "x", MUC + "#user");
        if (user != null && (user.element("invite") != null || user.element("decline") != null)) {
            return Kind.INVITATION;
        }
        Element form = child(message, "x", "jabber:x:data");
        return form == null ? null : Kind.VOICE_REQUEST;
    }

    private static boolean has(Element parent, String name, String namespace) {
        return child(parent, name, namespace) != null;
    }

    static Element child(Element parent, String name, String namespace) {
        for (Iterator<?> children = parent.elementIterator(name); children.hasNext(); ) {
            Element child = (Element) children.next();
            if (child.getNamespaceURI().equals(namespace)) {
                return child;
            }
        }
        return null;
    }
}
