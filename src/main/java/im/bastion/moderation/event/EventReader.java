// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.event;

import im.bastion.moderation.event.RoomEvent.Kind;
import im.bastion.moderation.event.RoomText.Part;
import im.bastion.moderation.text.FoldedText;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.dom4j.Element;
import org.dom4j.Node;

/** Collects texts and shape of one stanza until a limit is reached. */
final class EventReader {
    private static final int MAX_MENTIONS = 1_000;

    /** Elements of XHTML-IM (XEP-0071) that begin a line. */
    private static final Set<String> BLOCKS =
            Set.of("br", "p", "div", "li", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6");

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
    private int references;
    private int atSigns;
    private int reactions;
    private String encryption = "";
    private String corrects = "";
    private boolean hasSubject;
    private boolean hasBody;
    private boolean cutOff;

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

    /** What a message to everybody is. */
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
        // Clients that write references write the at signs, too.
        int mentions = Math.min(Math.max(references, atSigns), MAX_MENTIONS);
        return new Shape(
                bytes, chars, lines, letters, capitals, links, mentions, media, encryption, corrects, reactions);
    }

    /** Whether clients will take the child for one of the stanza's own: the host drops or swaps the stream's namespace. */
    private static boolean isStanzasOwn(String namespace) {
        return namespace.isEmpty() || namespace.equals("jabber:client") || namespace.equals("jabber:server");
    }

    private void own(Element child) {
        switch (child.getName()) {
            case "body" -> body(child.getText());
            case "subject" -> {
                hasSubject = true;
                told(Part.SUBJECT, child.getText());
            }
            case "status" -> told(Part.STATUS, child.getText());
            default -> bytes += child.getName().length();
        }
    }

    /** What stands in for an encrypted message says nothing; anything else does, whatever is said to be encrypted. */
    private void body(String body) {
        hasBody = true;
        if (OtrMessage.is(body)) {
            encryption = "urn:xmpp:otr:0";
            bytes += body.length();
        } else if (EncryptionNotice.is(body)) {
            bytes += body.length();
        } else {
            told(Part.BODY, body);
        }
    }

    /** Words that stand for themselves: what measures a body measures them, too. */
    private void told(Part part, String words) {
        add(part, words);
        measure(words);
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
            case "jabber:x:conference" -> told(Part.REASON, child.attributeValue("reason", ""));
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
                told(Part.REASON, reason);
            }
        }
    }

    /** XEP-0372 mentions, XEP-0385 and XEP-0447 files. */
    private void referenced(Element child) {
        if (child.getName().equals("reference") && "mention".equals(child.attributeValue("type"))) {
            references++;
            return;
        }
        Descent descent = new Descent(child);
        for (Node node = descent.next(); node != null && spend(); node = descent.next()) {
            if (node instanceof Element part) {
                switch (part.getName()) {
                    case "name", "desc" -> add(Part.ATTACHMENT, part.getText());
                    case "url-data" -> attachment(part.attributeValue("target"), null);
                    case "reference" -> attachment(part.attributeValue("uri"), null);
                    default -> bytes++;
                }
            }
        }
    }

    /** Whether another node may be looked at. */
    private boolean spend() {
        cutOff |= nodesLeft == 0;
        return nodesLeft > 0 && nodesLeft-- > 0;
    }

    private void attachment(String url, String description) {
        if (url != null && !url.isBlank()) {
            add(Part.ATTACHMENT, url);
            shown(url);
        }
        if (description != null) {
            add(Part.ATTACHMENT, description);
        }
    }

    /** An address whose content clients show by themselves. */
    private void shown(String url) {
        Link link = url == null || url.isBlank() ? null : LinkScanner.link(url.strip());
        if (link != null && media.size() < LinkScanner.MAX_LINKS) {
            media = with(media, link);
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
        scan(kept);
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

    /** Counts in the first characters of what is told. */
    private void measure(String body) {
        int end = Math.min(body.length(), RoomEvents.MAX_CHARS);
        chars += body.length();
        lines += body.isEmpty() ? 0 : 1;
        char before = ' ';
        for (int i = 0; i < end; i++) {
            char c = body.charAt(i);
            if (isLineBreak(c)) {
                lines += c == '\n' && before == '\r' ? 0 : 1;
            } else if (c == '@'
                    && !Character.isLetterOrDigit(before)
                    && i + 1 < end
                    && isNameStart(body.charAt(i + 1))) {
                atSigns++;
            } else if (Character.isUpperCase(c)) {
                letters++;
                capitals++;
            } else if (Character.isLowerCase(c)) {
                letters++;
            }
            before = c;
        }
    }

    /** UAX 14, class BK, and what XML lets through. */
    private static boolean isLineBreak(char c) {
        return c == '\n' || c == '\r' || c == '\u0085' || c == '\u2028' || c == '\u2029';
    }

    private static boolean isNameStart(char c) {
        return c > ' ' && (Character.isLetterOrDigit(c) || Character.isSurrogate(c));
    }

    private String deepText(Element element) {
        StringBuilder text = new StringBuilder();
        Descent descent = new Descent(element);
        for (Node node = descent.next(); node != null && spend(); node = descent.next()) {
            if (node instanceof Element child) {
                scan(child.attributeValue("href", ""));
                shown(child.attributeValue("src"));
                if (BLOCKS.contains(child.getName())) {
                    text.append('\n');
                }
            } else if (node.getNodeType() == Node.TEXT_NODE || node.getNodeType() == Node.CDATA_SECTION_NODE) {
                text.append(node.getText());
            }
        }
        return text.toString();
    }
}
