// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import java.util.List;
import org.dom4j.Attribute;
import org.dom4j.Element;
import org.dom4j.Node;

/**
 * A number that is the same for the same content, without writing it out: a bundle is 20 KB and comes once for each
 * contact. FNV-1a over 64 bits; only the account's owner, who gains nothing by it, could make two contents collide.
 */
final class ContentHash {
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    private ContentHash() {}

    /** Of published items: their ids and payloads, in their order, and nothing that the host adds to them. */
    static long ofItems(List<Element> items) {
        long hash = OFFSET;
        for (Element item : items) {
            hash = add(hash, item.attributeValue("id", ""));
            for (Element payload : item.elements()) {
                hash = add(hash, payload);
            }
        }
        return hash;
    }

    private static long add(long before, Element element) {
        long hash = add(add(before, element.getName()), element.getNamespaceURI());
        for (int i = 0; i < element.attributeCount(); i++) {
            Attribute attribute = element.attribute(i);
            hash = add(add(hash, attribute.getQualifiedName()), attribute.getValue());
        }
        for (int i = 0; i < element.nodeCount(); i++) {
            Node node = element.node(i);
            if (node instanceof Element child) {
                hash = add(hash, child);
            } else if (node.getNodeType() == Node.TEXT_NODE || node.getNodeType() == Node.CDATA_SECTION_NODE) {
                hash = add(hash, node.getText());
            }
        }
        return step(hash, '>');
    }

    private static long add(long before, String text) {
        long hash = before;
        for (int i = 0; i < text.length(); i++) {
            hash = step(hash, text.charAt(i));
        }
        // Where one text ends and the next begins counts.
        return step(hash, 0x1_0000);
    }

    private static long step(long hash, int value) {
        return (hash ^ value) * PRIME;
    }
}
