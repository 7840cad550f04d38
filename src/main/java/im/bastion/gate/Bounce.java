// SPDX-License-Identifier: Apache-2.0
package im.bastion.gate;

import im.bastion.host.Traffic;
import im.bastion.policy.Refusal;
import org.dom4j.Element;
import org.xmpp.packet.IQ;
import org.xmpp.packet.JID;
import org.xmpp.packet.Message;
import org.xmpp.packet.Packet;
import org.xmpp.packet.Presence;

/**
 * The error a refused sender gets (RFC 6120 §8.3). Errors and IQ results are never answered (§8.3.1, §8.2.3), and neither
 * is a stanza that nobody sent.
 */
final class Bounce {
    private static final String CONDITIONS = "urn:ietf:params:xml:ns:xmpp-stanzas";

    private Bounce() {}

    static Traffic.Stop of(Passage passage, Refusal refusal) {
        Packet refused = passage.stanza();
        JID sender = passage.sender();
        Packet error = sender == null ? null : answerTo(refused);
        if (error == null) {
            return Traffic.Stop.SILENTLY;
        }
        error.setID(refused.getID());
        error.setTo(sender);
        error.setFrom(passage.to());
        addError(error.getElement(), refusal);
        return new Traffic.Stop(error);
    }

    private static Packet answerTo(Packet refused) {
        String type = refused.getElement().attributeValue("type");
        if ("error".equals(type)) {
            return null;
        }
        if (refused instanceof IQ) {
            return "result".equals(type) ? null : new IQ(IQ.Type.error);
        }
        return refused instanceof Message ? new Message() : new Presence();
    }

    /** Built by hand: older hosts' stanza library does not know every condition, policy-violation among them. */
    private static void addError(Element stanza, Refusal refusal) {
        stanza.addAttribute("type", "error");
        Element error = stanza.addElement("error");
        error.addAttribute("type", refusal.type());
        error.addElement(refusal.condition(), CONDITIONS);
        error.addElement("text", CONDITIONS).addText(refusal.text()).addAttribute("xml:lang", "en");
        if (refusal.specific() != null) {
            error.addElement(refusal.specific().name(), refusal.specific().namespace());
        }
    }
}
