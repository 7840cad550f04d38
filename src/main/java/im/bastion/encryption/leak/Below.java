// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.leak;

import java.util.ArrayDeque;
import java.util.Deque;
import org.dom4j.Element;
import org.dom4j.Node;

/** What is below an element. Without recursion: nobody knows how deep it goes. */
final class Below {
    private Below() {}

    /** Whether there is text that is not blank, or a picture, in the element or below. */
    static boolean hasText(Element top) {
        Deque<Element> waiting = new ArrayDeque<>();
        waiting.push(top);
        while (!waiting.isEmpty()) {
            Element element = waiting.pop();
            for (int i = 0; i < element.nodeCount(); i++) {
                Node node = element.node(i);
                if (node instanceof Element child) {
                    if (child.attributeValue("src") != null) {
                        return true;
                    }
                    waiting.push(child);
                } else if (isText(node) && !node.getText().isBlank()) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Whether an element of that name in a namespace that begins so is the element or below it. */
    static boolean has(Element top, String name, String namespacePrefix) {
        Deque<Element> waiting = new ArrayDeque<>();
        waiting.push(top);
        while (!waiting.isEmpty()) {
            Element element = waiting.pop();
            if (element.getName().equals(name) && element.getNamespaceURI().startsWith(namespacePrefix)) {
                return true;
            }
            for (int i = 0; i < element.nodeCount(); i++) {
                if (element.node(i) instanceof Element child) {
                    waiting.push(child);
                }
            }
        }
        return false;
    }

    private static boolean isText(Node node) {
        return node.getNodeType() == Node.TEXT_NODE || node.getNodeType() == Node.CDATA_SECTION_NODE;
    }
}
