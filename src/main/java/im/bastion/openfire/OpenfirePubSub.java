// SPDX-License-Identifier: Apache-2.0
package im.bastion.openfire;

import im.bastion.host.HostException;
import im.bastion.host.PubSub;
import im.bastion.host.Stanzas;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.dom4j.Element;
import org.jivesoftware.openfire.XMPPServer;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.PacketError;

/** Openfire's publish-subscribe service, by requests of the server's own: its API differs between versions, the protocol not. */
final class OpenfirePubSub implements PubSub {
    private static final String NAMESPACE = "http://jabber.org/protocol/pubsub";
    private static final long ANSWER_MILLIS = 10_000;

    private final XMPPServer server;
    private final Stanzas stanzas;

    OpenfirePubSub(XMPPServer server, Stanzas stanzas) {
        this.server = server;
        this.stanzas = stanzas;
    }

    @Override
    public void publish(String nodeId, String itemId, Element payload) {
        IQ answer = ask(publishing(nodeId, itemId, payload));
        if (isNotFound(answer)) {
            require(ask(creating(nodeId)), "make the node " + nodeId);
            answer = ask(publishing(nodeId, itemId, payload));
        }
        require(answer, "take an item for the node " + nodeId);
    }

    @Override
    public List<Element> payloads(String nodeId) {
        IQ request = request(IQ.Type.get);
        request.getChildElement().addElement("items").addAttribute("node", nodeId);
        IQ answer = ask(request);
        if (isNotFound(answer)) {
            return List.of();
        }
        require(answer, "show the node " + nodeId);
        List<Element> payloads = new ArrayList<>();
        Element items = answer.getChildElement() == null
                ? null
                : answer.getChildElement().element("items");
        if (items != null) {
            items.elements("item").forEach(item -> payloads.addAll(item.elements()));
        }
        return payloads;
    }

    private IQ publishing(String nodeId, String itemId, Element payload) {
        IQ request = request(IQ.Type.set);
        request.getChildElement()
                .addElement("publish")
                .addAttribute("node", nodeId)
                .addElement("item")
                .addAttribute("id", itemId)
                .add(payload.createCopy());
        return request;
    }

    private IQ creating(String nodeId) {
        Map<String, String> configuration = new LinkedHashMap<>();
        configuration.put("FORM_TYPE", NAMESPACE + "#node_config");
        configuration.put("pubsub#access_model", "open");
        configuration.put("pubsub#publish_model", "publishers");
        configuration.put("pubsub#persist_items", "1");
        configuration.put("pubsub#max_items", String.valueOf(KEPT));
        IQ request = request(IQ.Type.set);
        request.getChildElement().addElement("create").addAttribute("node", nodeId);
        Element form = request.getChildElement()
                .addElement("configure")
                .addElement("x", "jabber:x:data")
                .addAttribute("type", "submit");
        configuration.forEach((name, value) -> form.addElement("field")
                .addAttribute("var", name)
                .addElement("value")
                .setText(value));
        return request;
    }

    private IQ request(IQ.Type type) {
        IQ request = new IQ(type, "bastion-" + UUID.randomUUID());
        // From itself: nodes can be made by accounts and components only, and the server's own address is neither.
        JID service = new JID(server.getPubSubModule().getServiceDomain());
        request.setFrom(service);
        request.setTo(service);
        request.setChildElement("pubsub", NAMESPACE);
        return request;
    }

    private IQ ask(IQ request) {
        CompletableFuture<IQ> answered = new CompletableFuture<>();
        stanzas.request(request, ANSWER_MILLIS, answered::complete);
        try {
            return answered.get(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HostException("Interrupted while the host's publish-subscribe service answered", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new HostException("The host's publish-subscribe service does not answer", e);
        }
    }

    private static boolean isNotFound(IQ answer) {
        return answer != null
                && answer.getError() != null
                && answer.getError().getCondition() == PacketError.Condition.item_not_found;
    }

    private static void require(IQ answer, String what) {
        if (answer == null || answer.getType() != IQ.Type.result) {
            String why = answer == null || answer.getError() == null
                    ? "no answer"
                    : String.valueOf(answer.getError().getCondition());
            throw new HostException("The host's publish-subscribe service did not " + what + " (" + why + ")");
        }
    }
}
