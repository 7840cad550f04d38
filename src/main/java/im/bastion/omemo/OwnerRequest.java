// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import org.dom4j.Element;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;

/**
 * What a local account asks of its own nodes; edits go to the stanza itself.
 *
 * @param iq of type set, with an id
 * @param client the full JID of who asks
 */
record OwnerRequest(IQ iq, JID client, OmemoPolicy policy) {
    /** The {@code <pubsub/>} element. */
    Element pubsub() {
        return iq.getChildElement();
    }

    JID owner() {
        return client.asBareJID();
    }

    boolean enforces() {
        return policy.enforces();
    }

    int limit() {
        return policy.maxItems();
    }
}
