// SPDX-License-Identifier: Apache-2.0
package im.bastion.gate;

import im.bastion.host.Point;
import im.bastion.host.Rooms;
import im.bastion.host.ServerSessions;
import java.util.List;
import java.util.Set;
import org.dom4j.Element;
import org.dom4j.Node;
import org.xmpp.packet.IQ;
import org.xmpp.packet.Packet;
import org.xmpp.packet.Presence;

/**
 * Names the classes of a stanza from its addresses and the namespaces of its children, without allocation: addresses are
 * compared in place, because {@link Packet#getTo()} builds a string at every call. Thread-safe.
 */
final class Classifier {
    private static final String PUBSUB = "http://jabber.org/protocol/pubsub";
    private static final String PUBSUB_OWNER = PUBSUB + "#owner";
    private static final String PUBSUB_EVENT = PUBSUB + "#event";
    private static final String DISCO = "http://jabber.org/protocol/disco#";
    private static final String COMMANDS = "http://jabber.org/protocol/commands";
    private static final String BLOCKING = "urn:xmpp:blocking";
    private static final String JINGLE = "urn:xmpp:jingle:1";
    private static final String CONFERENCE = "jabber:x:conference";
    private static final String JINGLE_MESSAGE = "urn:xmpp:jingle-message:";

    private static final String AXOLOTL = "eu.siacs.conversations.axolotl";
    private static final String OMEMO = "urn:xmpp:omemo:";
    private static final int MESSAGE_CLASSES =
            Interest.CALL | Interest.PEP_EVENT | Interest.OMEMO | Interest.INVITATION;

    private final String domain;
    private final Rooms rooms;
    private final ServerSessions sessions;
    private volatile Services services = new Services(Set.of());

    /** The room services' domains in a form that is walked without an iterator, beside the set it was made from. */
    private record Services(Set<String> from, List<String> domains) {
        Services(Set<String> from) {
            this(from, List.copyOf(from));
        }
    }

    Classifier(String domain, Rooms rooms, ServerSessions sessions) {
        this.domain = domain;
        this.rooms = rooms;
        this.sessions = sessions;
    }

    /**
     * Whether a room of this server hands it out to all its occupants: it was looked at when it was said.
     * Openfire 5 routes each copy as if it came in. What goes on to another room does come in there.
     *
     * @param client whether it is a local client's session that it came from or goes to
     */
    boolean isHandedOut(Point point, Packet stanza, boolean client) {
        if (point == Point.LEAVING || stanza instanceof IQ || (client && point != Point.DELIVERING)) {
            return false;
        }
        Element element = stanza.getElement();
        boolean isForAll = stanza instanceof Presence || "groupchat".equals(element.attributeValue("type"));
        return isForAll && isRoom(element, "from") && !isRoom(element, "to");
    }

    /** The bits of {@link Interest} among {@code wanted} that the stanza has. */
    int classify(Point point, Packet stanza, boolean fromClient, int wanted) {
        Element element = stanza.getElement();
        int classes = point == Point.LEAVING ? Interest.TO_PEER & wanted : 0;
        int room = wanted & (stanza instanceof IQ ? Interest.ROOM | Interest.ROOM_IQ : Interest.ROOM);
        if (room != 0 && (isRoom(element, "to") || isRoom(element, "from"))) {
            classes |= room;
        }
        if ((wanted & Interest.FROM_PEER) != 0 && point == Point.ENTERING && !fromClient && isRemote(element)) {
            classes |= Interest.FROM_PEER;
        }
        if (stanza instanceof IQ) {
            return classes | (iqClasses(element, point) & wanted);
        }
        if (stanza instanceof Presence) {
            boolean broadcast = fromClient && point != Point.DELIVERING && element.attributeValue("to") == null;
            return broadcast ? classes | (Interest.PRESENCE & wanted) : classes;
        }
        if (point == Point.ENTERING) {
            classes |= Interest.MESSAGE & wanted;
        }
        return (wanted & MESSAGE_CLASSES) == 0 ? classes : classes | (messageClasses(element) & wanted);
    }

    private int iqClasses(Element iq, Point point) {
        String type = iq.attributeValue("type");
        boolean answer = "result".equals(type) || "error".equals(type);
        int classes = answer && point == Point.DELIVERING ? Interest.ANSWER : 0;
        for (int i = 0; i < iq.nodeCount(); i++) {
            if (iq.node(i) instanceof Element child) {
                return classes | iqClasses(iq, child.getNamespaceURI(), answer);
            }
        }
        return classes;
    }

    private int iqClasses(Element iq, String namespace, boolean answer) {
        if (namespace.startsWith(DISCO)) {
            return Interest.DISCO;
        }
        if (namespace.equals(JINGLE)) {
            return Interest.CALL;
        }
        if (namespace.equals(BLOCKING)) {
            return Interest.BLOCK;
        }
        if (namespace.equals(COMMANDS)) {
            return !answer && isAccount(iq.attributeValue("to")) ? Interest.COMMAND : 0;
        }
        boolean pubsub = namespace.equals(PUBSUB) || namespace.equals(PUBSUB_OWNER);
        if (!pubsub) {
            return 0;
        }
        if (answer) {
            return isAccount(iq.attributeValue("from")) ? Interest.PEP_RESULT : 0;
        }
        return isAccount(iq.attributeValue("to")) ? Interest.PEP : 0;
    }

    private static int messageClasses(Element message) {
        int classes = 0;
        for (int i = 0; i < message.nodeCount(); i++) {
            Node node = message.node(i);
            if (node instanceof Element child) {
                String namespace = child.getNamespaceURI();
                if (namespace.equals(PUBSUB_EVENT)) {
                    classes |= Interest.PEP_EVENT;
                } else if (namespace.equals(CONFERENCE)) {
                    classes |= Interest.INVITATION;
                } else if (namespace.startsWith(JINGLE_MESSAGE)) {
                    classes |= Interest.CALL;
                } else if (namespace.equals(AXOLOTL) || namespace.startsWith(OMEMO)) {
                    classes |= Interest.OMEMO;
                }
            }
        }
        return classes;
    }

    private boolean isRoom(Element stanza, String attribute) {
        String address = stanza.attributeValue(attribute);
        if (address == null) {
            return false;
        }
        List<String> services = services().domains();
        for (int i = 0; i < services.size(); i++) {
            if (hasDomain(address, services.get(i))) {
                return true;
            }
        }
        return false;
    }

    private Services services() {
        Set<String> now = rooms.serviceDomains();
        Services known = services;
        if (known.from() != now) {
            known = new Services(now);
            services = known;
        }
        return known;
    }

    private boolean isRemote(Element stanza) {
        String from = stanza.attributeValue("from");
        return from != null && !hasDomain(from, domain) && !sessions.isLocal(domainOf(from));
    }

    /**
     * Without address, to an account of this server, or to the server itself, which some versions take for the sender's
     * account: where personal eventing lives (XEP-0163).
     */
    private boolean isAccount(String to) {
        return to == null || hasDomain(to, domain);
    }

    private static boolean hasDomain(String jid, String domain) {
        int start = domainStart(jid);
        return domainEnd(jid) - start == domain.length() && jid.regionMatches(true, start, domain, 0, domain.length());
    }

    private static String domainOf(String jid) {
        return jid.substring(domainStart(jid), domainEnd(jid));
    }

    private static int domainStart(String jid) {
        int at = jid.indexOf('@');
        return at >= 0 && at < domainEnd(jid) ? at + 1 : 0;
    }

    /** RFC 7622 §3.1: the resource begins at the first slash, and may hold an at sign itself. */
    private static int domainEnd(String jid) {
        int slash = jid.indexOf('/');
        return slash < 0 ? jid.length() : slash;
    }
}
