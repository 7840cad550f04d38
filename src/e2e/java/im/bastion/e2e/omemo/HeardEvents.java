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

    /** The messages that tell of items of that node. */
    static List<Element> of(XmppClient client, String node) {
        return of(client, "items", node);
    }

    /**
     * Waits until the client has received that many of them, and then until nothing has come to it for a while: more than
     * that many would come in the same moment.
     */
    static List<Element> await(XmppClient client, String node, int count) {
        return await(client, "items", node, count);
    }

    /** The same for messages that say that the node is no more. */
    static List<Element> awaitDeletions(XmppClient client, String node, int count) {
        return await(client, "delete", node, count);
    }

    private static List<Element> await(XmppClient client, String what, String node, int count) {
        Awaitility.await("%s hears %d times of %s of %s".formatted(client.jid(), count, what, node))
                .atMost(PATIENCE)
                .until(() -> of(client, what, node).size() >= count);
        int[] before = {-1};
        Awaitility.await()
                .atMost(PATIENCE)
                .pollInterval(QUIET)
                .until(() -> before[0] == (before[0] = client.received().size()));
        return of(client, what, node);
    }

    private static List<Element> of(XmppClient client, String what, String node) {
        return client.received().stream()
                .map(stanza -> parse(stanza.toXML().toString()))
                .filter(stanza -> stanza.getName().equals("message"))
                .filter(message -> node.equals(node(message, what)))
                .toList();
    }

    /** The text of the event's first item. */
    static String payload(Element message) {
        return message.element("event").element("items").element("item").asXML();
    }

    private static String node(Element message, String what) {
        Element event = message.element("event");
        Element about = event == null ? null : event.element(what);
        return about == null ? null : about.attributeValue("node");
    }

    private static Element parse(String xml) {
        try {
            return DocumentHelper.parseText(xml).getRootElement();
        } catch (DocumentException e) {
            throw new IllegalStateException(xml, e);
        }
    }
}
