// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.event;

import im.bastion.moderation.event.RoomEvent.Kind;
import im.bastion.moderation.event.RoomText.Part;
import im.bastion.moderation.text.FoldedText;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.dom4j.Element;
import org.dom4j.Node;

/** Collects texts and shape of one stanza until a limit is reached. */
final class EventReader {
    private static final int MAX_DEPTH = 32;
    private static final int MAX_MENTIONS = 1_000;

    private final Kind kind;
    private final List<RoomText> texts = new ArrayList<>(1);
    private List<Link> links = List.of();
    private List<Link> media = List.of();
    private int charsLeft = RoomEvents.MAX_CHARS;
    private int nodesLeft = RoomEvents.MAX_CHARS;
    private int bytes;
    private int chars;
    private int lines;
    private int letters;
    private int capitals;
    private int mentions;
    private int reactions;
    private String encryption = "";
    private String corrects = "";
    private boolean hasSubject;
    private boolean hasBody;
    private boolean cutOff;

    EventReader(Kind kind) {
        this.kind = kind;
    }

    void nickname(String nickname) {
        add(Part.NICKNAME, nickname);
    }

    void read(Element stanza) {
        for (int i = 0; i < stanza.nodeCount(); i++) {
            if (stanza.node(i) instanceof Element child) {
                if (isStanzasOwn(child.getNamespaceURI())) {
                    own(child);
                } else {
                    extension(child, child.getNamespaceURI());
                }
            }
        }
    }

    /** What a message to everybody is; null for one that has nothing to read and nothing to weigh. */
    Kind messageKind() {
        if (hasBody || !encryption.isEmpty() || !media.isEmpty()) {
            return Kind.MESSAGE;
        }
        return hasSubject ? Kind.SUBJECT : Kind.SIGNAL;
    }

    List<RoomText> texts() {
        return texts;
    }

    boolean isCutOff() {
        return cutOff;
    }

    Shape shape() {
        return new Shape(
                bytes, chars, lines, letters, capitals, links, mentions, media, encryption, corrects, reactions);
    }

    /** Whether clients will take the child for one of the stanza's own: the host drops or swaps the stream's namespace. */
    private static boolean isStanzasOwn(String namespace) {
        return namespace.isEmpty() || namespace.equals("jabber:client") || namespace.equals("jabber:server");
    }

    private void own(Element child) {
        switch (child.getName()) {
            case "body" -> {
                String body = child.getText();
                hasBody = true;
                add(Part.BODY, body);
                measure(body);
            }
            case "subject" -> {
                hasSubject = true;
                add(Part.SUBJECT, child.getText());
            }
            case "status" -> add(Part.STATUS, child.getText());
            default -> bytes += child.getName().length();
        }
    }

    private void extension(Element child, String namespace) {
        bytes += namespace.length() + child.getName().length();
        switch (namespace) {
            case "http://jabber.org/protocol/xhtml-im" -> add(Part.XHTML, deepText(child));
            case "jabber:x:oob" -> attachment(child.elementText("url"), child.elementText("desc"));
            case "urn:xmpp:sfs:0", "urn:xmpp:sims:1", "urn:xmpp:reference:0" -> referenced(child);
            case "urn:xmpp:message-correct:0" -> corrects = child.attributeValue("id", "");
            case "urn:xmpp:reactions:0" -> reactions(child);
            case "http://jabber.org/protocol/muc#user" -> reason(child);
            case "eu.siacs.conversations.axolotl",
                    "urn:xmpp:omemo:1",
                    "urn:xmpp:omemo:2",
                    "urn:xmpp:openpgp:0",
                    "jabber:x:encrypted" -> encrypted(child, namespace);
            case "urn:xmpp:eme:0" -> encryption = encryption.isEmpty() ? named(child) : encryption;
            default -> bytes += Math.min(child.nodeCount(), nodesLeft);
        }
    }

    private static String named(Element child) {
        return child.attributeValue("namespace", "urn:xmpp:eme:0");
    }

    private void encrypted(Element child, String namespace) {
        encryption = namespace;
        bytes += deepText(child).length();
    }

    private void reactions(Element child) {
        for (Iterator<?> all = child.elementIterator("reaction"); all.hasNext(); ) {
            reactions++;
            add(Part.REACTION, ((Element) all.next()).getText());
        }
    }

    private void reason(Element user) {
        for (Iterator<?> all = user.elementIterator(); all.hasNext(); ) {
            String reason = ((Element) all.next()).elementText("reason");
            if (reason != null) {
                add(Part.REASON, reason);
            }
        }
    }

    /** XEP-0372 mentions, XEP-0385 and XEP-0447 files. */
    private void referenced(Element child) {
        if (child.getName().equals("reference") && "mention".equals(child.attributeValue("type"))) {
            mentions = Math.min(mentions + 1, MAX_MENTIONS);
            return;
        }
        walk(child, 0);
    }

    private void walk(Element element, int depth) {
        for (int i = 0; i < element.nodeCount() && depth < MAX_DEPTH && nodesLeft > 0; i++, nodesLeft--) {
            if (element.node(i) instanceof Element child) {
                switch (child.getName()) {
                    case "name", "desc" -> add(Part.ATTACHMENT, child.getText());
                    case "url-data" -> attachment(child.attributeValue("target"), null);
                    case "reference" -> attachment(child.attributeValue("uri"), null);
                    default -> walk(child, depth + 1);
                }
            }
        }
    }

    private void attachment(String url, String description) {
        if (url != null && !url.isBlank()) {
            add(Part.ATTACHMENT, url);
            Link link = LinkScanner.link(url.strip());
            if (link != null && media.size() < LinkScanner.MAX_LINKS) {
                media = with(media, link);
            }
        }
        if (description != null) {
            add(Part.ATTACHMENT, description);
        }
    }

    private void add(Part part, String text) {
        bytes += text.length();
        if (text.isEmpty()) {
            return;
        }
        if (texts.size() == RoomEvents.MAX_TEXTS || charsLeft == 0) {
            cutOff = true;
            return;
        }
        int length = Math.min(text.length(), charsLeft);
        cutOff |= length < text.length();
        String kept = text.substring(0, length);
        charsLeft -= length;
        texts.add(new RoomText(part, kept, FoldedText.of(kept, length)));
        if (part != Part.NICKNAME || kind == Kind.JOIN) {
            scan(kept);
        }
    }

    private void scan(String text) {
        for (Link link : LinkScanner.scan(text)) {
            if (link.scheme().equals("aesgcm")) {
                media = with(media, link);
            } else if (links.size() < LinkScanner.MAX_LINKS) {
                links = with(links, link);
            }
        }
    }

    private static List<Link> with(List<Link> links, Link link) {
        if (links.contains(link)) {
            return links;
        }
        List<Link> more = new ArrayList<>(links);
        more.add(link);
        return more;
    }

    /** Counts in the first characters of a body. */
    private void measure(String body) {
        int end = Math.min(body.length(), RoomEvents.MAX_CHARS);
        chars += body.length();
        lines += body.isEmpty() ? 0 : 1;
        char before = ' ';
        for (int i = 0; i < end; i++) {
            char c = body.charAt(i);
            if (c == '\n') {
                lines++;
            } else if (c == '@' && before <= ' ' && i + 1 < end && body.charAt(i + 1) > ' ') {
                mentions = Math.min(mentions + 1, MAX_MENTIONS);
            } else if (Character.isUpperCase(c)) {
                letters++;
                capitals++;
            } else if (Character.isLowerCase(c)) {
                letters++;
            }
            before = c;
        }
    }

    private String deepText(Element element) {
        StringBuilder text = new StringBuilder();
        deepText(element, text, 0);
        return text.toString();
    }

    private void deepText(Element element, StringBuilder text, int depth) {
        for (int i = 0; i < element.nodeCount() && depth < MAX_DEPTH && nodesLeft > 0; i++, nodesLeft--) {
            Node node = element.node(i);
            if (node instanceof Element child) {
                deepText(child, text, depth + 1);
                if (child.getName().equals("br") || child.getName().equals("p")) {
                    text.append('\n');
                }
            } else if (node.getNodeType() == Node.TEXT_NODE || node.getNodeType() == Node.CDATA_SECTION_NODE) {
                text.append(node.getText());
            }
        }
    }
}
