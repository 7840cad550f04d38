// SPDX-License-Identifier: Apache-2.0
package im.bastion.omemo;

import im.bastion.gate.Interest;
import im.bastion.gate.Passage;
import im.bastion.host.Point;
import im.bastion.policy.Mode;
import im.bastion.policy.Verdict;
import org.dom4j.Element;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;

/** What local accounts ask of their own nodes, before the host sees it. */
final class OwnerRequests implements OmemoStep {
    private final PublishRequests publishes;
    private final ConfigureRequests configurations;

    OwnerRequests(PublishRequests publishes, ConfigureRequests configurations) {
        this.publishes = publishes;
        this.configurations = configurations;
    }

    @Override
    public int interests(Point point, OmemoPolicy policy) {
        return point == Point.ENTERING && policy.mode() != Mode.OFF ? Interest.PEP : 0;
    }

    @Override
    public Verdict judge(Passage passage, OmemoPolicy policy) {
        if (!(passage.stanza() instanceof IQ iq) || iq.getType() != IQ.Type.set || iq.getID() == null) {
            return Verdict.PASS;
        }
        JID client = passage.client();
        if (client == null || !isOwn(client, passage.to())) {
            return Verdict.PASS;
        }
        OwnerRequest request = new OwnerRequest(iq, client, policy);
        Element publish = request.pubsub().element("publish");
        if (publish != null) {
            return publishes.judge(request, publish);
        }
        Element configure = request.pubsub().element("configure");
        return configure == null ? Verdict.PASS : configurations.judge(request, configure);
    }

    /** Some versions take what is sent to the server itself for the sender's own account; the others refuse it later. */
    private static boolean isOwn(JID client, JID to) {
        return to == null
                || to.equals(client.asBareJID())
                || (to.getNode() == null
                        && to.getResource() == null
                        && to.getDomain().equals(client.getDomain()));
    }
}
