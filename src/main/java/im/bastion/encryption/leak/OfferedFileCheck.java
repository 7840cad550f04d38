// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.leak;

import org.dom4j.Element;

/** The name of a file in an offer to transfer it: Jingle message initiation (XEP-0353), publishing (XEP-0358). */
final class OfferedFileCheck implements LeakCheck {
    @Override
    public Leak leak() {
        return Leak.OFFERED_FILE;
    }

    @Override
    public boolean shows(Element message, Element child, boolean encrypted) {
        String namespace = child.getNamespaceURI();
        return (namespace.startsWith("urn:xmpp:jingle-message:") || namespace.startsWith("urn:xmpp:jinglepub:"))
                && Below.has(child, "name", "urn:xmpp:jingle:apps:file-transfer:");
    }
}
