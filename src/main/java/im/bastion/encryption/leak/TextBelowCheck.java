// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.leak;

import org.dom4j.Element;

/**
 * An extension with text in it, or below: formatted text (XEP-0071), text while it is typed (XEP-0301), bits of binary
 * (XEP-0231), a place (XEP-0080), the hint of a spoiler (XEP-0382), reactions (XEP-0444). Without any text it only points
 * at another message, or takes something back.
 */
record TextBelowCheck(Leak leak, String name, String namespace) implements LeakCheck {
    @Override
    public boolean shows(Element message, Element child, boolean encrypted) {
        return child.getName().equals(name) && child.getNamespaceURI().equals(namespace) && Below.hasText(child);
    }
}
