// SPDX-License-Identifier: Apache-2.0
package im.bastion.calls.jingle;

import im.bastion.policy.IpLiteral;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.dom4j.Attribute;
import org.dom4j.Element;

/**
 * Where a content's media may come from: ICE candidates (XEP-0176, XEP-0371) and raw addresses (XEP-0177), also inside a
 * transport around them.
 */
public final class Candidates {
    /** Many times what the candidates of one call need. */
    public static final int MAX_ADDRESSES = 64;

    private static final String TRANSPORTS = "urn:xmpp:jingle:transports:";
    private static final int MAX_DEPTH = 3;
    private static final int LONGEST_ADDRESS = 45;

    private Candidates() {}

    /** The addresses, at most {@link #MAX_ADDRESSES}; names, which hide an address (mDNS), are left out. */
    static Set<InetAddress> addresses(Element content) {
        Set<InetAddress> addresses = new LinkedHashSet<>();
        for (Element candidate : in(content)) {
            InetAddress address = address(candidate.attributeValue("ip"));
            if (address != null && addresses.size() < MAX_ADDRESSES) {
                addresses.add(address);
            }
        }
        return addresses;
    }

    /**
     * Takes out all that tell where a client is, and leaves its relayed addresses.
     *
     * @return how many were taken out
     */
    public static int keepRelayed(Element content) {
        int removed = 0;
        for (Element candidate : in(content)) {
            if ("relay".equals(candidate.attributeValue("type"))) {
                // The address the relay sees the client at; ICE does not need it (RFC 8839 §5.1).
                drop(candidate, "rel-addr");
                drop(candidate, "rel-port");
            } else {
                candidate.detach();
                removed++;
            }
        }
        return removed;
    }

    private static List<Element> in(Element content) {
        List<Element> candidates = new ArrayList<>();
        for (Element child : content.elements("transport")) {
            collect(child, candidates, MAX_DEPTH);
        }
        return candidates;
    }

    private static void collect(Element transport, List<Element> candidates, int depth) {
        if (depth == 0 || !transport.getNamespaceURI().startsWith(TRANSPORTS)) {
            return;
        }
        for (Element child : transport.elements()) {
            if (child.getName().equals("candidate") && child.attributeValue("ip") != null) {
                candidates.add(child);
            } else if (child.getName().equals("transport")) {
                collect(child, candidates, depth - 1);
            }
        }
    }

    private static InetAddress address(String text) {
        if (text == null || text.length() > LONGEST_ADDRESS) {
            return null;
        }
        try {
            return IpLiteral.parse(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static void drop(Element element, String attribute) {
        Attribute found = element.attribute(attribute);
        if (found != null) {
            element.remove(found);
        }
    }
}
