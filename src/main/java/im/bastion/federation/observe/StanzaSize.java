// SPDX-License-Identifier: Apache-2.0
package im.bastion.federation.observe;

import org.dom4j.Attribute;
import org.dom4j.Element;
import org.dom4j.Node;

/** About how many bytes a stanza takes on the wire, without writing it: characters of names, values and text. */
final class StanzaSize {
    private static final int MAX_DEPTH = 64;
    /** The brackets of both tags and the slash. */
    private static final int TAGS = 5;
    /** Space, equals sign and two quotation marks. */
    private static final int ATTRIBUTE = 4;

    private StanzaSize() {}

    static long of(Element element) {
        return of(element, 0);
    }

    private static long of(Element element, int depth) {
        long size = TAGS + 2L * element.getName().length();
        for (int i = 0; i < element.attributeCount(); i++) {
            Attribute attribute = element.attribute(i);
            size += ATTRIBUTE
                    + attribute.getName().length()
                    + attribute.getValue().length();
        }
        for (int i = 0; i < element.nodeCount() && depth < MAX_DEPTH; i++) {
            Node node = element.node(i);
            if (node instanceof Element child) {
                size += of(child, depth + 1);
            } else if (node.getText() != null) {
                size += node.getText().length();
            }
        }
        return size;
    }
}
