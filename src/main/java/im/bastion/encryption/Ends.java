// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption;

import im.bastion.encryption.rule.End;
import im.bastion.encryption.rule.End.Kind;
import im.bastion.host.Rooms;
import im.bastion.host.ServerSessions;
import java.util.ArrayList;
import java.util.List;
import org.dom4j.Element;
import org.xmpp.packet.JID;

/** Who is at the ends of a message that comes in; nobody where there is nothing to judge. */
final class Ends {
    private static final String ADDRESSES = "http://jabber.org/protocol/address";
    private static final String GROUPCHAT = "groupchat";

    private final String domain;
    private final Rooms rooms;
    private final ServerSessions sessions;

    Ends(String domain, Rooms rooms, ServerSessions sessions) {
        this.domain = domain;
        this.rooms = rooms;
        this.sessions = sessions;
    }

    /**
     * Who says it; null for what is not judged here: what the server itself, its rooms and its archive send (carbons,
     * replays, broadcasts, copies of what was judged when it was said), and what a room elsewhere hands out, whose author
     * no error would reach.
     *
     * @param fromClient whether it came from a local client's session
     */
    End sender(JID from, JID to, boolean fromClient, String type) {
        if (from == null) {
            return null;
        }
        if (from.getDomain().equals(domain)) {
            return fromClient && from.getNode() != null ? End.of(from, Kind.ACCOUNT) : null;
        }
        if (rooms.serviceDomains().contains(from.getDomain())) {
            return null;
        }
        if (sessions.isLocal(from.getDomain())) {
            return End.of(from, Kind.COMPONENT);
        }
        boolean handedOut =
                GROUPCHAT.equals(type) && (to == null || !rooms.serviceDomains().contains(to.getDomain()));
        return handedOut || from.getNode() == null ? null : End.of(from, Kind.ACCOUNT);
    }

    /** Whom it is for; none for what goes to a service and not to people. */
    List<End> recipients(JID from, JID to, Element message) {
        if (to == null) {
            return List.of(End.of(from, Kind.ACCOUNT));
        }
        if (to.getDomain().equals(domain) && to.getNode() == null) {
            return addressed(message);
        }
        End end = recipient(to, message.attributeValue("type"));
        return end == null ? List.of() : List.of(end);
    }

    private End recipient(JID to, String type) {
        if (rooms.serviceDomains().contains(to.getDomain())) {
            return to.getNode() == null ? null : End.of(to, Kind.ROOM);
        }
        if (to.getDomain().equals(domain)) {
            return to.getNode() == null ? null : End.of(to, Kind.ACCOUNT);
        }
        if (sessions.isLocal(to.getDomain())) {
            return End.of(to, Kind.COMPONENT);
        }
        return End.of(to, GROUPCHAT.equals(type) ? Kind.ROOM : Kind.ACCOUNT);
    }

    /**
     * The end that an admin names: rooms are known by their service.
     *
     * @throws IllegalArgumentException when it is a domain, which no conversation has at its end
     */
    End named(JID jid) {
        End end = recipient(jid, null);
        if (end == null || (end.kind() != Kind.COMPONENT && jid.getNode() == null)) {
            throw new IllegalArgumentException(jid + " is not the address of a person or a room");
        }
        return end;
    }

    /** A message to the server for many (XEP-0033): each of them gets it. */
    private List<End> addressed(Element message) {
        Element addresses = message.element("addresses");
        if (addresses == null || !addresses.getNamespaceURI().equals(ADDRESSES)) {
            return List.of();
        }
        List<End> ends = new ArrayList<>();
        for (int i = 0; i < addresses.nodeCount(); i++) {
            String jid = addresses.node(i) instanceof Element address ? address.attributeValue("jid") : null;
            if (jid != null) {
                add(ends, jid);
            }
        }
        return ends;
    }

    private void add(List<End> ends, String jid) {
        try {
            End end = recipient(new JID(jid), null);
            if (end != null) {
                ends.add(end);
            }
        } catch (IllegalArgumentException e) {
            // The host will not deliver to what is no address, either.
        }
    }
}
