// SPDX-License-Identifier: Apache-2.0
package im.bastion.e2e.omemo;

import im.bastion.e2e.client.XmppClient;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.dom4j.DocumentException;
import org.dom4j.DocumentHelper;
import org.dom4j.Element;

/** The events a client has received, as XML. */
final class HeardEvents {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration QUIET = Duration.ofMillis(700);

    private HeardEvents() {}

    /** The messages with an event of that node. */
    static List<Element> of(XmppClient client, String node) {
        return client.received().stream()
                .map(stanza -> parse(stanza.toXML().toString()))
                .filter(stanza -> stanza.getName().equals("message"))
                .filter(message -> node.equals(node(message)))
                .toList();
    }

    /**
     * Waits until the client has received that many of them, and then until nothing has come to it for a while: more than
     * that many would come in the same moment.
     */
    static List<Element> await(XmppClient client, String node, int count) {
        Awaitility.await("%s hears %d times of %s".formatted(client.jid(), count, node))
                .atMost(PATIENCE)
                .until(() -> of(client, node).size() >= count);
        int[] before = {-1};
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(QUIET)
                .until(() -> before[0] == (before[0] = client.received().size()));
        return of(client, node);
    }

    /** The text of the event's first item. */
    static String payload(Element message) {
        return message.element("event").element("items").element("item").asXML();
    }

    private static String node(Element message) {
        Element event = message.element("event");
        Element items = event == null ? null : event.element("items");
        return items == null ? null : items.attributeValue("node");
    }

    private static Element parse(String xml) {
        try {
            return DocumentHelper.parseText(xml).getRootElement();
        } catch (DocumentException e) {
            throw new IllegalStateException(xml, e);
        }
    }
}
