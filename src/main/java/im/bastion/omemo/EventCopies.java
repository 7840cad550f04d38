// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.gate.Interest;
import im.bastion.gate.Passage;
import im.bastion.host.Host;
import im.bastion.host.Point;
import im.bastion.policy.Verdict;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;

/**
 * Events of nodes of keys on their way out: each is a headline, which nobody stores for later (XEP-0163 §4.3, XEP-0160),
 * and nobody gets one twice.
 */
final class EventCopies implements OmemoStep {
    private final Host host;
    private final SentEvents sent;
    private final OmemoRecord record;

    EventCopies(Host host, SentEvents sent, OmemoRecord record) {
        this.host = host;
        this.sent = sent;
        this.record = record;
    }

    @Override
    public int interests(Point point, OmemoPolicy policy) {
        return policy.enforces() && point != Point.HANDLED ? Interest.PEP_EVENT : 0;
    }

    @Override
    public Verdict judge(Passage passage, OmemoPolicy policy) {
        if (!(passage.stanza() instanceof Message message) || !isAccount(passage.from())) {
            return Verdict.PASS;
        }
        String nodeId = PepEvent.keyNode(message);
        if (nodeId == null) {
            return Verdict.PASS;
        }
        if (passage.point() == Point.ENTERING) {
            if (message.getElement().attribute("type") == null) {
                message.setType(Message.Type.headline);
            }
            return Verdict.PASS;
        }
        return isCopy(passage, message, nodeId) ? Verdict.SWALLOW : Verdict.PASS;
    }

    private boolean isCopy(Passage passage, Message message, String nodeId) {
        SentEvents.Event event = PepEvent.told(message, nodeId);
        if (event == null || passage.to() == null) {
            return false;
        }
        // Not the address: to whoever is no contact the host writes without resource.
        JID client = passage.client();
        boolean first = client == null
                ? sent.isFirst(event, passage.to(), 0)
                : sent.isFirst(event, client, host.users().connectedSince(client));
        if (first) {
            return false;
        }
        record.copyDropped();
        return true;
    }

    /** Only the server itself speaks for an account without its resource. */
    private boolean isAccount(JID from) {
        return from != null
                && from.getNode() != null
                && from.getResource() == null
                && from.getDomain().equals(host.domain());
    }
}
