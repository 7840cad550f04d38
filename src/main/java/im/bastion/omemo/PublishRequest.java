// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.host.Pep;
import im.bastion.omemo.wire.OmemoNode;
import java.util.List;
import org.dom4j.Element;
import org.xmpp.packet.JID;

/**
 * A publish to an OMEMO node whose conditions are met, before the host sees it.
 *
 * @param client the full JID of the publisher, who owns the node
 * @param publish the {@code <publish/>} element; edits go to the stanza itself
 * @param existing the node as it stands; null when the publish will make it
 */
record PublishRequest(JID client, OmemoNode node, Element publish, Pep.Node existing, OmemoPolicy policy) {
    JID owner() {
        return client.asBareJID();
    }

    String nodeId() {
        return publish.attributeValue("node");
    }

    /** The {@code <item/>} elements as they are now, some perhaps without id. */
    List<Element> items() {
        return publish.elements("item");
    }
}
