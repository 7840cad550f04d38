// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import org.dom4j.DocumentException;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.xmpp.packet.IQ;

/** Stanzas and payloads from literals. */
public final class Stanza {
    private Stanza() {}

    public static Element element(String xml) {
        try {
            return DocumentHelper.parseText(xml).getRootElement();
        } catch (DocumentException e) {
            throw new IllegalArgumentException(xml, e);
        }
    }

    static IQ iq(String xml) {
        return new IQ(element(xml));
    }

    /** A form with these fields, each "name=value". */
    static String form(String formType, String... fields) {
        StringBuilder form = new StringBuilder("<x xmlns='jabber:x:data' type='submit'>");
        form.append(field("FORM_TYPE=http://jabber.org/protocol/pubsub#" + formType));
        for (String field : fields) {
            form.append(field(field));
        }
        return form.append("</x>").toString();
    }

    static String options(String... fields) {
        return "<publish-options>" + form("publish-options", fields) + "</publish-options>";
    }

    /** A publish of one item; options may be empty. */
    static IQ publish(String node, String item, String options) {
        return iq("<iq type='set' id='p1'><pubsub xmlns='http://jabber.org/protocol/pubsub'><publish node='" + node
                + "'>" + item + "</publish>" + options + "</pubsub></iq>");
    }

    private static String field(String nameAndValue) {
        int equals = nameAndValue.indexOf('=');
        return "<field var='" + nameAndValue.substring(0, equals) + "'><value>" + nameAndValue.substring(equals + 1)
                + "</value></field>";
    }
}
