// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire;

import im.bastion.host.Pep.Listener;
import im.bastion.openfire.compat.PepWishes;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jivesoftware.openfire.XMPPServer;
import org.jivesoftware.openfire.pep.PEPService;
import org.jivesoftware.openfire.pubsub.LeafNode;
import org.jivesoftware.openfire.pubsub.Node;
import org.jivesoftware.openfire.pubsub.NodeSubscription;
import org.jivesoftware.openfire.session.ClientSession;
import org.xmpp.packet.JID;

/** Finds who of this server is to be told of a node's events, from sessions and subscriptions in memory. */
final class PepListeners {
    private final XMPPServer server;
    private final PepWishes wishes;

    PepListeners(XMPPServer server, PepWishes wishes) {
        this.server = server;
        this.wishes = wishes;
    }

    List<Listener> of(JID owner, PEPService service, LeafNode leaf, String nodeId) {
        Map<JID, Listener> listeners = new LinkedHashMap<>();
        add(listeners, owner, nodeId, true);
        // Contacts are subscribed to the node that holds all others; the rest to the leaf alone.
        addSubscribers(listeners, service.getRootCollectionNode(), leaf, nodeId, true);
        addSubscribers(listeners, leaf, leaf, nodeId, false);
        return new ArrayList<>(listeners.values());
    }

    private void addSubscribers(
            Map<JID, Listener> listeners, Node subscribedTo, LeafNode leaf, String nodeId, boolean contacts) {
        for (NodeSubscription subscription : subscribedTo.getAllSubscriptions()) {
            JID subscriber = subscription.getJID();
            if (server.isLocal(subscriber)
                    && subscription.canSendPublicationEvent(leaf, null)
                    && leaf.getAccessModel().canAccessItems(leaf, subscription.getOwner(), subscriber)) {
                add(listeners, subscriber, nodeId, contacts);
            }
        }
    }

    private void add(Map<JID, Listener> listeners, JID subscriber, String nodeId, boolean seesPresence) {
        for (ClientSession session : server.getSessionManager().getSessions(subscriber.getNode())) {
            JID resource = session == null ? null : session.getAddress();
            boolean meant = resource != null
                    && (subscriber.getResource() == null || resource.equals(subscriber))
                    && !Boolean.FALSE.equals(wishes.wants(resource, nodeId));
            if (meant) {
                listeners.putIfAbsent(resource, new Listener(resource, seesPresence));
            }
        }
    }
}
