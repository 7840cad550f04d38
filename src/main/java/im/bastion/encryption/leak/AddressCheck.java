// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.leak;

import org.dom4j.Element;

/** Out-of-band data (XEP-0066): the address of a file, or its description. */
final class AddressCheck implements LeakCheck {
    @Override
    public Leak leak() {
        return Leak.ADDRESS;
    }

    @Override
    public boolean shows(Element message, Element child, boolean encrypted) {
        return child.getNamespaceURI().equals("jabber:x:oob") && Below.hasText(child);
    }
}
