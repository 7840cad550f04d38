// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.archive;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.dom4j.Element;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

/** What is sent and what is left when a message is retracted by a moderator (XEP-0424 0.4, XEP-0425 0.3 and 0.2). */
final class RetractionXml {
    private RetractionXml() {}

    /**
     * What tells everybody, in both versions of the protocol at once; with a body, because the host archives nothing
     * without one.
     *
     * @param by the moderator's room JID, or null when nobody is to know
     * @param occupantId the moderator's, or null
     */
    static Message announcement(JID room, String stanzaId, String reason, JID by, String occupantId) {
        Message message = fromRoom(room, "A moderator removed a message.");
        Element element = message.getElement();
        Element older = element.addElement("apply-to", RoomIds.FASTEN).addAttribute("id", stanzaId);
        Element olderModerated = older.addElement("moderated", RoomIds.MODERATED_0);
        olderModerated.addElement("retract", "urn:xmpp:message-retract:0");
        addReason(olderModerated, reason);
        Element retract = element.addElement("retract", RoomIds.RETRACT).addAttribute("id", stanzaId);
        Element moderated = retract.addElement("moderated", RoomIds.MODERATED);
        addReason(retract, reason);
        if (by != null) {
            olderModerated.addAttribute("by", by.toString());
            moderated.addAttribute("by", by.toString());
            if (occupantId != null) {
                moderated.addElement("occupant-id", RoomIds.OCCUPANT_ID).addAttribute("id", occupantId);
            }
        }
        element.addElement("fallback", "urn:xmpp:fallback:0").addAttribute("for", RoomIds.RETRACT);
        element.addElement("store", "urn:xmpp:hints");
        return message;
    }

    /** What tells everybody that a retraction was undone: no specification has anything for that but words. */
    static Message restored(JID room) {
        return fromRoom(room, "A moderator restored a message that had been removed.");
    }

    /** What is left of the message: the envelope and what the room itself has added, without any word of its author. */
    static Message tombstone(Message original, JID room, Message announcement, Instant at) {
        Message left = original.createCopy();
        Element element = left.getElement();
        List<Element> kept = new ArrayList<>();
        for (Iterator<?> children = element.elementIterator(); children.hasNext(); ) {
            Element child = (Element) children.next();
            if (isEnvelope(child, room.toBareJID())) {
                kept.add(child);
            }
        }
        element.clearContent();
        for (Element child : kept) {
            child.clearContent();
            element.add(child);
        }
        Element retracted = element.addElement("retracted", RoomIds.RETRACT)
                .addAttribute("id", announcement.getID())
                .addAttribute("stamp", at.truncatedTo(ChronoUnit.SECONDS).toString());
        Element told = announcement.getElement().element("retract");
        for (Iterator<?> children = told.elementIterator(); children.hasNext(); ) {
            retracted.add(((Element) children.next()).createCopy());
        }
        return left;
    }

    /** Whether it is a tombstone already. */
    static boolean isTombstone(Message message) {
        Element retracted = message.getElement().element("retracted");
        return retracted != null && retracted.getNamespaceURI().equals(RoomIds.RETRACT);
    }

    private static boolean isEnvelope(Element child, String bareRoom) {
        String namespace = child.getNamespaceURI();
        return switch (child.getName()) {
            case "stanza-id" -> namespace.equals(RoomIds.STANZA_ID) && bareRoom.equals(child.attributeValue("by"));
            case "occupant-id" -> namespace.equals(RoomIds.OCCUPANT_ID);
            case "delay" -> namespace.equals("urn:xmpp:delay");
            default -> false;
        };
    }

    private static Message fromRoom(JID room, String body) {
        Message message = new Message();
        message.setType(Message.Type.groupchat);
        message.setID(UUID.randomUUID().toString());
        message.setFrom(room.asBareJID());
        message.setBody(body);
        message.getElement()
                .addElement("stanza-id", RoomIds.STANZA_ID)
                .addAttribute("id", UUID.randomUUID().toString())
                .addAttribute("by", room.toBareJID());
        return message;
    }

    private static void addReason(Element parent, String reason) {
        if (!reason.isEmpty()) {
            parent.addElement("reason").setText(reason);
        }
    }
}
