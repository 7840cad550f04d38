// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.leak;

import org.dom4j.Element;

/** What a link leads to (XEP-0511). */
final class PreviewCheck implements LeakCheck {
    @Override
    public Leak leak() {
        return Leak.PREVIEW;
    }

    @Override
    public boolean shows(Element message, Element child, boolean encrypted) {
        return child.getNamespaceURI().equals("http://www.w3.org/1999/02/22-rdf-syntax-ns#");
    }
}
