// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import java.util.List;
import org.dom4j.Element;
import org.dom4j.QName;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

/** The messages by which an account's nodes tell what happened (XEP-0060 §7.1.2.1, XEP-0163 §4). */
final class PepEvent {
    private static final String EVENT = "http://jabber.org/protocol/pubsub#event";
    private static final QName DELAY = QName.get("delay", "urn:xmpp:delay");
    private static final String ADDRESSES = "http://jabber.org/protocol/address";

    /** Stands for the content of an event without any. */
    private static final long DELETED = 0;

    private PepEvent() {}

    /** The name of the node of keys that the message is about; null when it is not about one. */
    static String keyNode(Message message) {
        Element event = message.getElement().element(QName.get("event", EVENT));
        if (event == null) {
            return null;
        }
        for (Element about : event.elements()) {
            String nodeId = about.attributeValue("node");
            if (KeyNode.of(nodeId) != null) {
                return nodeId;
            }
        }
        return null;
    }

    /** The published items it tells of; empty when it tells of something else. */
    static List<Element> items(Message message) {
        Element event = message.getElement().element(QName.get("event", EVENT));
        Element items = event == null ? null : event.element("items");
        return items == null ? List.of() : items.elements("item");
    }

    /**
     * The event that it tells of, as far as its copies agree; null for one of which the hosts make no copies.
     *
     * @param nodeId from {@link #keyNode}
     */
    static SentEvents.Event told(Message message, String nodeId) {
        List<Element> items = items(message);
        if (!items.isEmpty()) {
            return new SentEvents.Event(message.getFrom(), nodeId, isEarlier(message), ContentHash.ofItems(items));
        }
        Element event = message.getElement().element(QName.get("event", EVENT));
        return event.element("delete") == null ? null : deletion(message.getFrom(), nodeId);
    }

    /** The event that a node is no more. */
    static SentEvents.Event deletion(JID owner, String nodeId) {
        return new SentEvents.Event(owner, nodeId, false, DELETED);
    }

    /** Whether it tells of what was published before (XEP-0203). */
    static boolean isEarlier(Message message) {
        return message.getElement().element(DELAY) != null;
    }

    /**
     * Tells of published items.
     *
     * @param items copied; those of a publish will do
     * @param publisher whom to answer, a full JID, or null to leave that out
     */
    static Message of(JID owner, JID receiver, String nodeId, List<Element> items, JID publisher) {
        Message message = headline(owner, receiver);
        Element all = addItems(message, nodeId);
        for (Element item : items) {
            Element told = all.addElement(QName.get("item", EVENT)).addAttribute("id", item.attributeValue("id"));
            item.elements().forEach(payload -> told.add(payload.createCopy()));
        }
        if (publisher != null) {
            // XEP-0033, as the hosts do it.
            message.getElement()
                    .addElement(QName.get("addresses", ADDRESSES))
                    .addElement(QName.get("address", ADDRESSES))
                    .addAttribute("type", "replyto")
                    .addAttribute("jid", publisher.toString());
        }
        return message;
    }

    /** Tells of items that are no longer there (XEP-0060 §7.2.2.1). */
    static Message ofRetraction(JID owner, JID receiver, String nodeId, List<String> ids) {
        Message message = headline(owner, receiver);
        Element all = addItems(message, nodeId);
        ids.forEach(id -> all.addElement(QName.get("retract", EVENT)).addAttribute("id", id));
        return message;
    }

    /** Tells that a node is no more (XEP-0060 §8.4.2). */
    static Message ofDeletion(JID owner, JID receiver, String nodeId) {
        Message message = headline(owner, receiver);
        message.getElement()
                .addElement(QName.get("event", EVENT))
                .addElement(QName.get("delete", EVENT))
                .addAttribute("node", nodeId);
        return message;
    }

    private static Message headline(JID owner, JID receiver) {
        Message message = new Message();
        message.setFrom(owner.asBareJID());
        message.setTo(receiver);
        message.setType(Message.Type.headline);
        return message;
    }

    private static Element addItems(Message message, String nodeId) {
        return message.getElement()
                .addElement(QName.get("event", EVENT))
                .addElement(QName.get("items", EVENT))
                .addAttribute("node", nodeId);
    }
}
