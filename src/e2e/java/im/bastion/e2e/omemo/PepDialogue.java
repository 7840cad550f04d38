// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.omemo;

import im.bastion.e2e.client.XmppClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.dom4j.DocumentException;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;
import org.jivesoftware.smack.packet.IQ;

/** What clients say to personal eventing, as XML on the wire. */
final class PepDialogue {
    static final String BUNDLES = "urn:xmpp:omemo:2:bundles";
    static final String DEVICES = "urn:xmpp:omemo:2:devices";
    /** What XEP-0384 §5.3.2 prescribes for the bundle node. */
    static final String OPEN_AND_MAX = options("access_model=open", "max_items=max");

    static final String OPEN = options("access_model=open");
    private static final String PUBSUB = "http://jabber.org/protocol/pubsub";

    private PepDialogue() {}

    /** The form of publish-options with these fields of the namespace {@code pubsub#}. */
    static String options(String... fields) {
        return "<publish-options>" + form("publish-options", fields) + "</publish-options>";
    }

    static String form(String formType, String... fields) {
        StringBuilder form = new StringBuilder("<x xmlns='jabber:x:data' type='submit'>"
                + "<field var='FORM_TYPE' type='hidden'><value>" + PUBSUB + "#" + formType + "</value></field>");
        for (String field : fields) {
            String[] parts = field.split("=", 2);
            form.append("<field var='pubsub#%s'><value>%s</value></field>".formatted(parts[0], parts[1]));
        }
        return form.append("</x>").toString();
    }

    static String publish(String node, String item, String options) {
        return "<pubsub xmlns='%s'><publish node='%s'>%s</publish>%s</pubsub>".formatted(PUBSUB, node, item, options);
    }

    static String configure(String node, String... fields) {
        return "<pubsub xmlns='%s#owner'><configure node='%s'>%s</configure></pubsub>"
                .formatted(PUBSUB, node, form("node_config", fields));
    }

    static String devices(int... ids) {
        StringBuilder list = new StringBuilder("<item id='current'><devices xmlns='urn:xmpp:omemo:2'>");
        for (int id : ids) {
            list.append("<device id='").append(id).append("'/>");
        }
        return list.append("</devices></item>").toString();
    }

    /** The answer, or null when there is none within that time: stock servers can leave a publish unanswered. */
    static IQ ask(XmppClient client, String payload, Duration patience) throws Exception {
        String id = XmppClient.nextId();
        client.send("<iq id='%s' type='set'>%s</iq>".formatted(id, payload));
        try {
            return (IQ) client.await(stanza -> stanza instanceof IQ iq && id.equals(iq.getStanzaId()), patience);
        } catch (AssertionError e) {
            return null;
        }
    }

    /** The items of somebody's node as {@code <item/>} elements; null when the server refuses. */
    static List<Element> read(XmppClient reader, String owner, String node) throws Exception {
        IQ answer =
                reader.request("get", owner, "<pubsub xmlns='%s'><items node='%s'/></pubsub>".formatted(PUBSUB, node));
        if (answer.getType() != IQ.Type.result) {
            return null;
        }
        return items(DocumentHelper.parseText(answer.toXML().toString()).getRootElement());
    }

    private static List<Element> items(Element answer) throws DocumentException {
        List<Element> items = new ArrayList<>();
        for (Element pubsub : answer.elements("pubsub")) {
            for (Element list : pubsub.elements("items")) {
                items.addAll(list.elements("item"));
            }
        }
        return items;
    }
}
