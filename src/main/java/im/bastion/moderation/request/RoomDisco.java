// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.request;

import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.dom4j.Element;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;

/** Adds what Bastion can do for a room to what the host says about it (XEP-0030 §3.1), each feature once. */
public final class RoomDisco {
    private static final String INFO = "http://jabber.org/protocol/disco#info";

    private final Set<String> features;

    public RoomDisco(List<RoomResponder> responders) {
        Set<String> all = new TreeSet<>();
        responders.forEach(responder -> all.addAll(responder.features()));
        this.features = Set.copyOf(all);
    }

    /** Amends the result if it is about the room as a whole. */
    public void amend(IQ result, JID room) {
        Element query = result.getChildElement();
        if (query == null
                || !query.getNamespaceURI().equals(INFO)
                || query.attributeValue("node") != null
                || room.getResource() != null) {
            return;
        }
        Set<String> there = new HashSet<>();
        for (Iterator<?> known = query.elementIterator("feature"); known.hasNext(); ) {
            there.add(((Element) known.next()).attributeValue("var", ""));
        }
        if (there.isEmpty()) {
            return;
        }
        features.stream().filter(feature -> !there.contains(feature)).sorted().forEach(feature -> query.addElement(
                        "feature")
                .addAttribute("var", feature));
    }
}
