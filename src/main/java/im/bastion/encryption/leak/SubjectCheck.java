// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.leak;

import im.bastion.encryption.scheme.OwnChild;
import org.dom4j.Element;

/**
 * A subject beside what is said. A message to a room with a subject and nothing to say sets the room's topic (XEP-0045
 * §8.1), which no scheme can encrypt and which is the room's administration.
 */
final class SubjectCheck implements LeakCheck {
    @Override
    public Leak leak() {
        return Leak.SUBJECT;
    }

    @Override
    public boolean shows(Element message, Element child, boolean encrypted) {
        return OwnChild.is(child, "subject")
                && !child.getText().isBlank()
                && (encrypted || !"groupchat".equals(message.attributeValue("type")) || hasBody(message));
    }

    private static boolean hasBody(Element message) {
        for (int i = 0; i < message.nodeCount(); i++) {
            if (message.node(i) instanceof Element child && OwnChild.is(child, "body")) {
                return true;
            }
        }
        return false;
    }
}
