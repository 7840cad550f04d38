// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.event;

import im.bastion.moderation.event.RoomEvent.Kind;
import im.bastion.moderation.event.RoomText.Part;
import im.bastion.moderation.text.FoldedText;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.dom4j.Element;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;

/**
 * Reads events from stanzas on their way to a room. Of one stanza at most {@link #MAX_TEXTS} texts with {@link #MAX_CHARS}
 * UTF-16 units together are looked at, so that the work has a bound whatever is sent.
 */
public final class RoomEvents {
    /** How many bodies and subjects of one stanza are looked at: there is one for each language (RFC 6121 §5.2.3). */
    public static final int MAX_TEXTS = 64;
    /** How much text of one stanza is looked at, in UTF-16 units. */
    public static final int MAX_CHARS = 65_536;

    private RoomEvents() {}

    /**
     * The event of a stanza that is addressed to a room service, or null when it is none that rules judge: another kind of
     * stanza, an error, without text, without sender, or not to a room.
     *
     * @param key see {@link RoomEvent#key}
     * @param atMillis wall-clock time
     * @param nanos monotonic time
     */
    public static RoomEvent of(long key, Packet stanza, JID from, JID to, long atMillis, long nanos) {
        if (!(stanza instanceof Message message) || from == null || to == null || to.getNode() == null) {
            return null;
        }
        Kind kind = kind(message, to);
        if (kind == null) {
            return null;
        }
        Texts texts = new Texts();
        for (Iterator<?> children = message.getElement().elementIterator(); children.hasNext(); ) {
            texts.add((Element) children.next());
        }
        String nickname = kind == Kind.PRIVATE_MESSAGE ? to.getResource() : "";
        return texts.found.isEmpty()
                ? null
                : new RoomEvent(
                        key,
                        to.asBareJID(),
                        from,
                        kind,
                        nickname,
                        texts.found,
                        Shape.EMPTY,
                        atMillis,
                        nanos,
                        texts.cutOff);
    }

    /** By the attribute as it was sent, because the host's own reading of it throws on a type it does not know. */
    private static Kind kind(Message message, JID to) {
        String type = message.getElement().attributeValue("type", "normal");
        boolean toOccupant = to.getResource() != null;
        return switch (type) {
            case "groupchat" -> toOccupant ? null : Kind.MESSAGE;
            case "error", "headline" -> null;
            default -> toOccupant ? Kind.PRIVATE_MESSAGE : null;
        };
    }

    /** Whether clients will take the child for one of the stanza's own: the host drops or swaps the stream's namespace. */
    private static boolean isStanzasOwn(Element child) {
        String namespace = child.getNamespaceURI();
        return namespace.isEmpty() || namespace.equals("jabber:client") || namespace.equals("jabber:server");
    }

    /** Collects texts until a limit is reached. */
    private static final class Texts {
        private final List<RoomText> found = new ArrayList<>(1);
        private int charsLeft = MAX_CHARS;
        private boolean cutOff;

        private void add(Element child) {
            Part part =
                    switch (child.getName()) {
                        case "body" -> Part.BODY;
                        case "subject" -> Part.SUBJECT;
                        default -> null;
                    };
            if (part == null || !isStanzasOwn(child)) {
                return;
            }
            if (found.size() == MAX_TEXTS || charsLeft == 0) {
                cutOff = true;
                return;
            }
            String text = child.getText();
            cutOff |= text.length() > charsLeft;
            found.add(new RoomText(part, text, FoldedText.of(text, charsLeft)));
            charsLeft -= Math.min(text.length(), charsLeft);
        }
    }
}
