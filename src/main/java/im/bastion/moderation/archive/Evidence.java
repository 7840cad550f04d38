// SPDX-License-Identifier: Apache-2.0
package im.bastion.moderation.archive;

import im.bastion.host.StanzaXml;
import java.util.Iterator;
import org.dom4j.Element;
import org.dom4j.Namespace;
import org.xmpp.packet.Message;

/** Originals of retracted messages, sealed such that they come back byte for byte. */
final class Evidence {
    private final Seal seal;

    Evidence(Seal seal) {
        this.seal = seal;
    }

    /** The message sealed; empty when there is none or only what an earlier retraction has left. */
    String sealed(Message message) {
        // A parser makes a line feed of a bare carriage return (XML 1.0 §2.11).
        return message == null || RetractionXml.isTombstone(message)
                ? ""
                : seal.seal(message.toXML().replace("\r", "&#13;"));
    }

    /** The message again; null when there is none or it cannot be unsealed any more. */
    Message unsealed(String sealed) {
        String xml = sealed.isEmpty() ? "" : seal.unseal(sealed);
        if (xml.isEmpty()) {
            return null;
        }
        Element element = StanzaXml.parse(xml);
        dropOwnNamespaces(element);
        return new Message(element, true);
    }

    /** The parser keeps an element's own namespace as its content too, and would write {@code <a/>} as {@code <a></a>}. */
    private static void dropOwnNamespaces(Element element) {
        for (Object declared : element.declaredNamespaces().toArray()) {
            if (declared.equals(element.getNamespace())) {
                // This very object: removing goes by identity.
                element.remove((Namespace) declared);
            }
        }
        for (Iterator<?> children = element.elementIterator(); children.hasNext(); ) {
            dropOwnNamespaces((Element) children.next());
        }
    }
}
