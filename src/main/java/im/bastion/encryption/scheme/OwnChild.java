// SPDX-License-Identifier: Apache-2.0
package im.bastion.encryption.scheme;

import org.dom4j.Element;

/** The children that RFC 6121 itself gives a message. */
public final class OwnChild {
    private OwnChild() {}

    /** Whether clients will take the child for that one: hosts drop or swap the stream's namespace. */
    public static boolean is(Element child, String name) {
        if (!child.getName().equals(name)) {
            return false;
        }
        String namespace = child.getNamespaceURI();
        return namespace.isEmpty() || namespace.equals("jabber:client") || namespace.equals("jabber:server");
    }
}
