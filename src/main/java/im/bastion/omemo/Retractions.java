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

/**
 * Makes the result of a retraction of keys true, as {@link PublishAnswers} does for a publish: a device that was taken off
 * must not come back with a server that died. On hosts that leave the account's own resources out, tells them.
 */
final class Retractions implements OmemoStep {
    private static final Logger LOG = LoggerFactory.getLogger(Retractions.class);

    private record Retraction(JID owner, String nodeId, List<String> ids) {}

    private final Host host;
    private final OmemoRecord record;
    private final Awaited<Retraction> awaited;

    Retractions(Host host, OmemoRecord record, Clock clock) {
        this.host = host;
        this.record = record;
        this.awaited = new Awaited<>(clock);
    }

    @Override
    public int interests(Point point, OmemoPolicy policy) {
        return switch (point) {
            case ENTERING -> policy.enforces() && policy.durable() ? Interest.PEP : 0;
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
                answer(passage, iq);
            }
        }
        return Verdict.PASS;
    }

    private void enter(Passage passage, IQ iq) {
        Element retract = iq.getType() == IQ.Type.set ? iq.getChildElement().element("retract") : null;
        if (retract == null
                || !OwnerRequests.isOwn(passage.client(), passage.to())
                || KeyNode.of(retract.attributeValue("node")) == null) {
            return;
        }
        List<String> ids = retract.elements("item").stream()
                .map(item -> item.attributeValue("id"))
                .filter(Objects::nonNull)
                .toList();
        JID owner = passage.client().asBareJID();
        boolean noted =
                awaited.add(passage.client(), iq.getID(), new Retraction(owner, retract.attributeValue("node"), ids));
        if (!noted) {
            LOG.debug("A retraction of {} is left to the host alone: too many are under way", owner);
        }
    }

    private void answer(Passage passage, IQ answer) {
        Retraction retraction = awaited.take(passage.client(), answer.getID(), passage.from());
        if (retraction == null || answer.getType() != IQ.Type.result) {
            return;
        }
        try {
            host.pep().forget(retraction.owner(), retraction.nodeId(), retraction.ids());
        } catch (RuntimeException e) {
            LOG.warn("A retraction from {} was answered with an error: {}", retraction.nodeId(), e.getMessage(), e);
            record.notForgotten(retraction.owner(), retraction.nodeId(), e.getMessage());
            answer.setError(PublishAnswers.later());
            return;
        }
        if (!host.pep().informsOwner()) {
            tellOwner(retraction);
        }
    }

    private void tellOwner(Retraction retraction) {
        for (Pep.Listener listener : host.pep().listeners(retraction.owner(), retraction.nodeId())) {
            if (listener.resource().asBareJID().equals(retraction.owner())) {
                host.stanzas()
                        .send(PepEvent.ofRetraction(
                                retraction.owner(), listener.resource(), retraction.nodeId(), retraction.ids()));
            }
        }
    }
}
