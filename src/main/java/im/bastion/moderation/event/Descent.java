// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.event;

import java.util.ArrayDeque;
import java.util.Deque;
import org.dom4j.Element;
import org.dom4j.Node;

/** All nodes below an element in the order in which they are written, without recursion: nobody knows how deep it goes. */
final class Descent {
    /** An element and how many of its nodes have been given out. */
    private static final class Level {
        private final Element element;
        private int given;

        private Level(Element element) {
            this.element = element;
        }
    }

    private final Deque<Level> levels = new ArrayDeque<>();

    Descent(Element top) {
        levels.push(new Level(top));
    }

    /** How many levels below the top the next node is looked for. */
    int depth() {
        return levels.size();
    }

    /** The next node, or null after the last. */
    Node next() {
        while (!levels.isEmpty()) {
            Level level = levels.peek();
            if (level.given < level.element.nodeCount()) {
                Node node = level.element.node(level.given++);
                if (node instanceof Element child) {
                    levels.push(new Level(child));
                }
                return node;
            }
            levels.pop();
        }
        return null;
    }
}
