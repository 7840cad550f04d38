// SPDX-License-Identifier: Apache-2.0
package im.bastion.host;

import java.io.StringReader;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.dom4j.DocumentException;
import org.dom4j.Element;
import org.dom4j.Node;
import org.dom4j.io.SAXReader;
import org.xml.sax.SAXException;

/** Reads stanzas that were kept as text. */
public final class StanzaXml {
    private StanzaXml() {}

    /**
     * The element that the text is; document types are refused, as in XMPP itself (RFC 6120 §11.1).
     *
     * @throws IllegalArgumentException when the text is not one element
     */
    public static Element parse(String xml) {
        try {
            SAXParserFactory factory = SAXParserFactory.newInstance();
            factory.setNamespaceAware(true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            SAXReader reader = new SAXReader(factory.newSAXParser().getXMLReader());
            Element root = reader.read(new StringReader(xml)).getRootElement();
            root.detach();
            dropOwnNamespaces(root);
            return root;
        } catch (DocumentException | SAXException | ParserConfigurationException e) {
            throw new IllegalArgumentException("Not one XML element: " + e.getMessage(), e);
        }
    }

    /** The reader leaves an element's own namespace behind as a child, with which an empty element is written another way. */
    private static void dropOwnNamespaces(Element element) {
        for (int i = element.nodeCount() - 1; i >= 0; i--) {
            Node node = element.node(i);
            if (node instanceof Element child) {
                dropOwnNamespaces(child);
            } else if (node.equals(element.getNamespace())) {
                element.remove(node);
            }
        }
    }
}
