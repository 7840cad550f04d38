// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.leak;

import java.util.Set;
import org.dom4j.Element;

/**
 * A shared file (XEP-0385, XEP-0447), what is said of one (XEP-0446), where it is (XEP-0103 through XEP-0447), or, worst
 * of all, the key of an encrypted one (XEP-0448).
 */
final class FileCheck implements LeakCheck {
    private static final Set<String> NAMESPACES =
            Set.of("urn:xmpp:sfs:0", "urn:xmpp:esfs:0", "urn:xmpp:file:metadata:0", "urn:xmpp:sims:1");

    @Override
    public Leak leak() {
        return Leak.FILE;
    }

    @Override
    public boolean shows(Element message, Element child, boolean encrypted) {
        String namespace = child.getNamespaceURI();
        if (NAMESPACES.contains(namespace)) {
            return true;
        }
        // A mention (XEP-0372) says nothing that the stanza's addresses do not say.
        return namespace.equals("urn:xmpp:reference:0")
                && ("data".equals(child.attributeValue("type")) || Below.has(child, "media-sharing", "urn:xmpp:sims:"))
                && !isMention(child);
    }

    private static boolean isMention(Element reference) {
        return "mention".equals(reference.attributeValue("type")) && reference.nodeCount() == 0;
    }
}
