// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation;

import java.util.List;
import org.dom4j.Element;
import org.xmpp.packet.Packet;

/** Takes the words out of presences that have to reach their room all the same. */
final class PresenceWords {
    private PresenceWords() {}

    static void removeStatus(Packet presence) {
        removeAll(presence.getElement(), "status");
    }

    /** Openfire 5 shows the room an error like a status: nothing but its condition (RFC 6120 §8.3.2) is for anybody. */
    static void reduceToError(Packet presence) {
        for (Object child : List.copyOf(presence.getElement().elements())) {
            Element element = (Element) child;
            if (element.getName().equals("error")) {
                removeAll(element, "text");
            } else {
                boolean unused = presence.getElement().remove(element);
            }
        }
    }

    private static void removeAll(Element parent, String name) {
        for (Object child : List.copyOf(parent.elements(name))) {
            boolean unused = parent.remove((Element) child);
        }
    }
}
