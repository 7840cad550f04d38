// SPDX-License-Identifier: Apache-2.0
package im.bastion.calls.jingle;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.dom4j.Element;

/**
 * A Jingle request (XEP-0166 §7), as far as calls are judged by it.
 *
 * @param sid at most {@link #MAX_NAME} characters
 * @param bundled names of contents that share one transport (XEP-0338), so that one of them may speak for all
 */
public record Jingle(Action action, String sid, List<Content> contents, Set<String> bundled) {
    public static final String NAMESPACE = "urn:xmpp:jingle:1";
    /** How long a session id or a content's name may be; what is longer is no call that is looked at. */
    public static final int MAX_NAME = 256;

    private static final String RTP = "urn:xmpp:jingle:apps:rtp:";
    private static final String GROUPING = "urn:xmpp:jingle:apps:grouping:0";

    /** The request in an IQ, or null when there is none with an action that is known and a session's id. */
    public static Jingle read(Element iq) {
        Element jingle = element(iq);
        Action action = jingle == null ? null : Action.of(jingle.attributeValue("action"));
        String sid = jingle == null ? null : jingle.attributeValue("sid");
        if (action == null || !isName(sid)) {
            return null;
        }
        Set<String> bundled = bundled(jingle);
        List<Content> contents = new ArrayList<>();
        for (Element content : jingle.elements("content")) {
            contents.add(content(content));
        }
        return new Jingle(action, sid, shared(contents, bundled), bundled);
    }

    /** The element itself, or null. */
    public static Element element(Element iq) {
        Element jingle = "set".equals(iq.attributeValue("type")) ? iq.element("jingle") : null;
        return jingle != null && jingle.getNamespaceURI().equals(NAMESPACE) ? jingle : null;
    }

    static boolean isName(String text) {
        return text != null && !text.isEmpty() && text.length() <= MAX_NAME;
    }

    private static Content content(Element content) {
        String name = content.attributeValue("name", "");
        return new Content(
                name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME),
                media(content),
                Keying.read(content),
                Candidates.addresses(content));
    }

    private static String media(Element content) {
        Element description = content.element("description");
        if (description == null || !description.getNamespaceURI().startsWith(RTP)) {
            return "";
        }
        String media = description.attributeValue("media", "");
        return media.equals("audio") || media.equals("video") ? media : "other";
    }

    private static Set<String> bundled(Element jingle) {
        Set<String> names = new HashSet<>();
        for (Element group : jingle.elements("group")) {
            if (group.getNamespaceURI().equals(GROUPING) && "BUNDLE".equals(group.attributeValue("semantics"))) {
                group.elements("content").forEach(content -> names.add(content.attributeValue("name", "")));
            }
        }
        return names;
    }

    private static List<Content> shared(List<Content> contents, Set<String> bundled) {
        Keying spoken = contents.stream()
                .filter(content -> bundled.contains(content.name()))
                .map(content -> content.keying().fingerprints())
                .reduce(Keying.NONE, Keying::plus);
        return contents.stream()
                .map(content -> content.keying().hasFingerprint() || !bundled.contains(content.name())
                        ? content
                        : new Content(
                                content.name(),
                                content.media(),
                                content.keying().plus(spoken),
                                content.candidates()))
                .toList();
    }
}
