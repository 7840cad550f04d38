// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.omemo.device.DeviceBook;
import im.bastion.omemo.race.ListMerge;
import im.bastion.omemo.wire.OmemoGeneration;
import im.bastion.omemo.wire.OmemoNode;
import java.util.List;
import java.util.Set;
import org.dom4j.Element;
import org.xmpp.packet.JID;

/**
 * A publish of one device list.
 *
 * @param client the full JID of the publisher
 * @param payload the list in the stanza itself
 */
record ListPublish(JID client, OmemoGeneration generation, Element payload) {
    /** Null when it is none, or none that could be understood. */
    static ListPublish of(PublishRequest publish) {
        return of(publish.client(), publish.node(), publish.items());
    }

    static ListPublish of(JID client, OmemoNode node, List<Element> items) {
        if (node.kind() != OmemoNode.Kind.DEVICES || !DeviceBook.follows(node.generation()) || items.size() != 1) {
            return null;
        }
        List<Element> payloads = items.get(0).elements();
        return payloads.size() == 1 ? new ListPublish(client, node.generation(), payloads.get(0)) : null;
    }

    JID owner() {
        return client.asBareJID();
    }

    Set<Integer> devices() {
        return ListMerge.ids(generation, payload);
    }
}
