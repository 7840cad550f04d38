// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation;

import im.bastion.moderation.text.KeyedHash;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.dom4j.Element;
import org.xmpp.packet.JID;
import org.xmpp.packet.Packet;

/**
 * Who has been invited to which room, so that nobody else can decline (XEP-0045 §7.8.2): hosts pass on a decline from
 * anybody to anybody, in the room's name. Remembers the last {@value #MAX_INVITED}, until the next start. Safe for any
 * thread; each call holds the lock for moments.
 */
final class Invitations {
    private static final int MAX_INVITED = 20_000;
    private static final String MUC_USER = "http://jabber.org/protocol/muc#user";

    private final KeyedHash hash = new KeyedHash();
    private final Map<Long, Boolean> invited = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Boolean> eldest) {
            return size() > MAX_INVITED;
        }
    };

    /** Remembers whom the stanza, which is on its way to the room, invites. */
    void passed(Packet stanza, JID room) {
        Element user = user(stanza);
        if (user == null) {
            return;
        }
        for (Iterator<?> all = user.elementIterator("invite"); all.hasNext(); ) {
            String to = ((Element) all.next()).attributeValue("to");
            if (to != null) {
                remember(room, to);
            }
        }
    }

    /** Whether the stanza declines an invitation that its sender never had. */
    boolean isForgedDecline(Packet stanza, JID room, JID sender) {
        Element user = user(stanza);
        if (user == null || user.element("decline") == null || user.element("invite") != null) {
            return false;
        }
        synchronized (this) {
            return !invited.containsKey(key(room, sender));
        }
    }

    private void remember(JID room, String to) {
        try {
            JID person = new JID(to);
            synchronized (this) {
                invited.put(key(room, person), Boolean.TRUE);
            }
        } catch (IllegalArgumentException e) {
            // Nobody can be invited so.
        }
    }

    private long key(JID room, JID person) {
        return hash.of(room.toBareJID(), person.toBareJID());
    }

    /** Null in a direct invitation. */
    private static Element user(Packet stanza) {
        for (Iterator<?> all = stanza.getElement().elementIterator("x"); all.hasNext(); ) {
            Element child = (Element) all.next();
            if (child.getNamespaceURI().equals(MUC_USER)) {
                return child;
            }
        }
        return null;
    }
}
