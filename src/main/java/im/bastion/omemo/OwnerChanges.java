// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.gate.Interest;
import im.bastion.gate.Passage;
import im.bastion.host.Host;
import im.bastion.host.Pep;
import im.bastion.host.Point;
import im.bastion.policy.Verdict;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import org.dom4j.Element;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

/**
 * Makes the result true when owners take something off their nodes of keys or configure one, as {@link PublishAnswers} does
 * for a publish: a device that was taken off must not come back with a server that died. Tells who the host leaves out: the
 * account's own resources of a retraction, contacts of a node that is no more.
 */
final class OwnerChanges implements OmemoStep {
    private static final Logger LOG = LoggerFactory.getLogger(OwnerChanges.class);

    /** What was asked for. */
    private sealed interface Change {
        /** Who asked, a full JID. */
        JID client();

        String nodeId();

        default JID owner() {
            return client().asBareJID();
        }
    }

    private record Retraction(JID client, String nodeId, List<String> ids) implements Change {}

    /** @param listeners who was to be told of the node while there was one */
    private record Deletion(JID client, String nodeId, List<Pep.Listener> listeners) implements Change {}

    private record Configuration(JID client, String nodeId) implements Change {}

    private final Host host;
    private final SentEvents sent;
    private final List<RemovedKeysListener> listeners;
    private final OmemoRecord record;
    private final Awaited<Change> awaited;

    OwnerChanges(Host host, SentEvents sent, List<RemovedKeysListener> listeners, OmemoRecord record, Clock clock) {
        this.host = host;
        this.sent = sent;
        this.listeners = listeners;
        this.record = record;
        this.awaited = new Awaited<>(clock);
    }

    @Override
    public int interests(Point point, OmemoPolicy policy) {
        return switch (point) {
            case ENTERING -> policy.enforces() ? Interest.PEP : 0;
            case DELIVERING -> awaited.isEmpty() ? 0 : Interest.ANSWER;
            case HANDLED, LEAVING -> 0;
        };
    }

    @Override
    public Verdict judge(Passage passage, OmemoPolicy policy) {
        if (passage.client() != null && passage.stanza() instanceof IQ iq && iq.getID() != null) {
            if (passage.point() == Point.ENTERING) {
                enter(passage, iq);
            } else {
                answer(passage, iq, policy.durable());
            }
        }
        return Verdict.PASS;
    }

    private void enter(Passage passage, IQ iq) {
        if (iq.getType() != IQ.Type.set || !OwnerRequests.isOwn(passage.client(), passage.to())) {
            return;
        }
        Change change = change(passage.client(), iq.getChildElement());
        if (change != null && !awaited.add(passage.client(), iq.getID(), change)) {
            LOG.debug("A request of {} is left to the host alone: too many are under way", change.client());
        }
    }

    private Change change(JID client, Element pubsub) {
        for (Element request : pubsub.elements()) {
            String nodeId = request.attributeValue("node");
            if (KeyNode.of(nodeId) == null) {
                continue;
            }
            switch (request.getName()) {
                case "retract" -> {
                    return new Retraction(client, nodeId, ids(request));
                }
                case "delete" -> {
                    sent.begin(PepEvent.deletion(client.asBareJID(), nodeId));
                    return new Deletion(client, nodeId, host.pep().listeners(client.asBareJID(), nodeId));
                }
                case "configure", "create" -> {
                    return new Configuration(client, nodeId);
                }
                default -> {}
            }
        }
        return null;
    }

    private void answer(Passage passage, IQ answer, boolean durable) {
        Change change = awaited.take(passage.client(), answer.getID(), passage.from());
        if (change == null || answer.getType() != IQ.Type.result) {
            return;
        }
        try {
            if (durable) {
                write(change);
            }
        } catch (RuntimeException e) {
            LOG.warn("A request to {} was answered with an error: {}", change.nodeId(), e.getMessage(), e);
            record.changeNotKept(change.owner(), change.nodeId(), e.getMessage());
            answer.setError(PublishAnswers.later());
            return;
        }
        if (!(change instanceof Configuration)) {
            tell(change);
            listeners.forEach(listener -> listener.removed(change.client(), change.nodeId(), remaining(change)));
        }
    }

    private void write(Change change) {
        if (change instanceof Retraction retraction) {
            host.pep().forget(change.owner(), change.nodeId(), retraction.ids());
        } else if (change instanceof Deletion) {
            host.pep().forget(change.owner(), change.nodeId());
        } else {
            host.pep().persist(change.owner(), change.nodeId());
        }
    }

    private void tell(Change change) {
        JID owner = change.owner();
        if (change instanceof Deletion deletion) {
            // Whoever the host has told already gets no copy.
            for (Pep.Listener listener : deletion.listeners()) {
                send(PepEvent.ofDeletion(owner, listener.resource(), change.nodeId()));
            }
        } else if (change instanceof Retraction retraction && !host.pep().informsOwner()) {
            for (Pep.Listener listener : host.pep().listeners(owner, change.nodeId())) {
                if (listener.resource().asBareJID().equals(owner)) {
                    send(PepEvent.ofRetraction(owner, listener.resource(), change.nodeId(), retraction.ids()));
                }
            }
        }
    }

    private void send(Message event) {
        host.stanzas().send(event);
    }

    /** The host may still have in memory what it has promised to take off. */
    private List<Pep.Item> remaining(Change change) {
        return change instanceof Retraction retraction
                ? host.pep().items(change.owner(), change.nodeId()).stream()
                        .filter(item -> !retraction.ids().contains(item.id()))
                        .toList()
                : List.of();
    }

    private static List<String> ids(Element retract) {
        return retract.elements("item").stream()
                .map(item -> item.attributeValue("id"))
                .filter(Objects::nonNull)
                .toList();
    }
}
